/// Makes the lists of rows from the levels and values of pages; a row may begin in one page and end in the next.
struct ListAssembly {
    /// The most elements of a list.
    private static let maximumCount = 1 << 20

    private let leaf: ParquetLeaf
    private var list: [Float]?
    private var isWhole = true
    private var hasRow = false

    init(_ leaf: ParquetLeaf) {
        self.leaf = leaf
    }

    /// Takes a page and delivers the rows that end in it.
    mutating func add(_ page: ParquetPages.Page, _ deliver: ([Float]?) throws -> Void) throws {
        guard case .floats(let values) = page.values else { return }
        var next = 0
        for index in 0..<page.count {
            let definition = Int(page.definition[index])
            if page.repetition[index] == 0 {
                try finish(deliver)
                hasRow = true
                // Below the list itself is no list; at it, an empty one.
                list = definition >= leaf.elementDefinition - 1 ? [] : nil
            } else if !hasRow || list == nil {
                throw ParquetFault.damaged("a list has no beginning")
            }
            guard definition >= leaf.elementDefinition else { continue }
            guard definition == leaf.maximumDefinition else {
                isWhole = false
                continue
            }
            guard (list?.count ?? 0) < Self.maximumCount else { throw ParquetFault.damaged("a list is too long") }
            list?.append(values[next])
            next += 1
        }
    }

    /// Delivers the last row.
    mutating func finish(_ deliver: ([Float]?) throws -> Void) throws {
        if hasRow { try deliver(isWhole ? list : nil) }
        (list, isWhole, hasRow) = (nil, true, false)
    }
}
