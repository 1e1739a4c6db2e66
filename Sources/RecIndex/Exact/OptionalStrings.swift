/// One string or none for each row.
struct OptionalStrings: Sendable {
    let table: StringTable
    let isPresent: [Bool]

    init(_ strings: [String?]) {
        table = StringTable(strings.map { $0 ?? "" })
        isPresent = strings.map { $0 != nil }
    }

    /// - Precondition: Both parts have the same count.
    init(table: StringTable, isPresent: [Bool]) {
        precondition(table.count == isPresent.count, "one flag for each string")
        self.table = table
        self.isPresent = isPresent
    }

    subscript(row: Int) -> String? { isPresent[row] ? table[row] : nil }
}
