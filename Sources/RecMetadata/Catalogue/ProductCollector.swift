internal import RecCore

/// Collects the products of a table: blocks of attributes, unique identifiers, and the report.
struct ProductCollector {
    /// The report so far.
    var report: CatalogueReport

    /// The attributes of the products that are not in a finished block.
    private(set) var block: AttributeBlock.Builder

    /// The number of the block, which changes when another one begins.
    private(set) var blockNumber: UInt32 = 1

    private var products: [Product] = []
    private var lines: [Int32] = []
    private var pending: [(id: ProductID, title: String?, picture: String?)] = []
    private var names: AttributeNames

    /// For each identifier, in a place that its hash gives, its position plus one; 0 in free places.
    private var slots = [UInt32](repeating: 0, count: 64)

    init(source: String, listLimit: Int, names: [String]) {
        report = CatalogueReport(source: source, listLimit: listLimit)
        self.names = AttributeNames(names)
        block = AttributeBlock.Builder(columnCount: names.count)
    }

    /// The number of products so far.
    var count: Int { lines.count }

    /// Reserves memory for a number of products.
    mutating func reserve(_ count: Int) {
        products.reserveCapacity(count)
        lines.reserveCapacity(count)
    }

    /// Adds a column to the block.
    ///
    /// - Parameter name: A name that the block does not have.
    /// - Returns: Its position.
    mutating func addColumn(_ name: String) -> Int {
        names = AttributeNames(names.names + [name])
        block.addColumn()
        return names.names.count - 1
    }

    /// The code of a value in the block.
    mutating func code(for values: [String], column: Int) -> UInt16 {
        values.count == 1
            ? block.code(for: values[0], column: column) : block.code(forList: values, column: column)
    }

    /// Gives the product that comes next a value.
    mutating func set(_ code: UInt16, column: Int) {
        block.set(code, column: column)
    }

    /// The line of the product with an identifier.
    func line(of id: ProductID) -> Int? {
        let slot = slots[place(of: id)]
        return slot == 0 ? nil : Int(lines[Int(slot) - 1])
    }

    /// Adds a product, which has what was set since the product before.
    ///
    /// - Precondition: There is no product of that identifier.
    mutating func add(_ id: ProductID, title: String?, picture: String?, line: Int) {
        block.endRow()
        pending.append((id, title, picture))
        lines.append(Int32(clamping: line))
        slots[place(of: id)] = UInt32(lines.count)
        if lines.count * 4 > slots.count * 3 { growSlots() }
        if block.rowCount == AttributeBlock.maximumRowCount { endBlock(names: nil) }
    }

    /// Ends the block, so that its products are complete; the next one has columns of these names, or the same.
    mutating func endBlock(names next: [String]?) {
        let finished = block.block(names: names)
        if products.capacity < products.count + pending.count {
            // A quarter more, not twice as much: a large table must not take the memory of two.
            products.reserveCapacity(products.count + max(products.count / 4, pending.count))
        }
        for (row, product) in pending.enumerated() {
            products.append(
                Product(id: product.id, row: row, of: finished, title: product.title, picture: product.picture)
            )
        }
        pending.removeAll(keepingCapacity: true)
        if let next { names = AttributeNames(next) }
        block = AttributeBlock.Builder(columnCount: names.names.count)
        blockNumber += 1
    }

    /// The catalogue of all products, and the line of each.
    mutating func finish() -> (catalogue: Catalogue, lines: [Int32]) {
        if !pending.isEmpty { endBlock(names: nil) }
        report.productCount = products.count
        return (Catalogue(products: products, report: report), lines)
    }

    private func id(at position: Int) -> ProductID {
        position < products.count ? products[position].id : pending[position - products.count].id
    }

    /// The place of an identifier: where it is, or the free place where it belongs.
    private func place(of id: ProductID) -> Int {
        var place = id.hashValue & (slots.count - 1)
        while slots[place] != 0, self.id(at: Int(slots[place]) - 1) != id { place = (place + 1) & (slots.count - 1) }
        return place
    }

    private mutating func growSlots() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for position in lines.indices { slots[place(of: id(at: position))] = UInt32(position + 1) }
    }
}
