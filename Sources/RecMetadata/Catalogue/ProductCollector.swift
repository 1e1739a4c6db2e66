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
    private var pending: [(id: ProductID, title: String?, pictures: [String])] = []
    private var columnNames: [String]
    /// The same, shared by blocks with the same columns.
    private var names: AttributeNames?

    /// For each identifier, in a place that its hash gives, the hash above its position plus one; 0 in free places.
    private var slots = [UInt64](repeating: 0, count: 64)

    init(source: String, listLimit: Int, names: [String]) {
        report = CatalogueReport(source: source, listLimit: listLimit)
        columnNames = names
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
        columnNames.append(name)
        names = nil
        block.addColumn()
        return columnNames.count - 1
    }

    /// The number of columns of the block.
    var columnCount: Int { columnNames.count }

    /// Takes back what was set since the product before.
    mutating func discardRow() {
        block.discardRow()
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

    /// Where an identifier belongs, and the line of the product that has it already.
    func find(_ id: ProductID) -> (place: Place, line: Int?) {
        let hash = UInt64(truncatingIfNeeded: id.hashValue) << 32
        var slot = Self.place(hash, slots.count)
        while slots[slot] != 0 {
            let position = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
            if slots[slot] & ~0xFFFF_FFFF == hash, self.id(at: position) == id {
                return (Place(slot: slot, hash: hash), Int(lines[position]))
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (Place(slot: slot, hash: hash), nil)
    }

    /// Where an identifier belongs, until the next one is added.
    struct Place {
        fileprivate let slot: Int
        fileprivate let hash: UInt64
    }

    /// Adds a product, which has what was set since the product before.
    ///
    /// - Precondition: ``find(_:)`` gave the place, and there is no product of that identifier.
    mutating func add(_ id: ProductID, at place: Place, title: String?, pictures: [String] = [], line: Int) {
        block.endRow()
        pending.append((id, title, pictures))
        lines.append(Int32(clamping: line))
        slots[place.slot] = place.hash | UInt64(lines.count)
        if lines.count * 2 > slots.count { growSlots() }
        if block.rowCount == AttributeBlock.maximumRowCount { endBlock(names: nil) }
    }

    /// Ends the block, so that its products are complete; the next one has columns of these names, or the same.
    mutating func endBlock(names next: [String]?) {
        let shared = names ?? AttributeNames(columnNames)
        names = shared
        let finished = block.block(names: shared)
        if products.capacity < products.count + pending.count {
            // A quarter more, not twice as much: a large table must not take the memory of two.
            products.reserveCapacity(products.count + max(products.count / 4, pending.count))
        }
        for (row, product) in pending.enumerated() {
            products.append(
                Product(id: product.id, row: row, of: finished, title: product.title, pictures: product.pictures)
            )
        }
        pending.removeAll(keepingCapacity: true)
        if let next { (columnNames, names) = (next, nil) }
        block = AttributeBlock.Builder(columnCount: columnNames.count)
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

    private mutating func growSlots() {
        let entries = slots
        slots = [UInt64](repeating: 0, count: entries.count * 2)
        for entry in entries where entry != 0 {
            var slot = Self.place(entry, slots.count)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
    }

    /// The place where a search for an identifier begins.
    private static func place(_ hash: UInt64, _ count: Int) -> Int {
        Int(hash >> 32) & (count - 1)
    }
}
