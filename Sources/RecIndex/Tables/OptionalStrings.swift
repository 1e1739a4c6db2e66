internal import RecFiles

/// One string or none for each row.
struct OptionalStrings: Sendable {
    let table: StringTable
    let isPresent: NumberArray<UInt8>

    init(_ strings: [String?]) {
        table = StringTable(strings.map { $0 ?? "" })
        isPresent = NumberArray(strings.map { $0 == nil ? 0 : 1 })
    }

    /// - Precondition: Both parts have the same count.
    init(table: StringTable, isPresent: NumberArray<UInt8>) {
        precondition(table.count == isPresent.count, "one flag for each string")
        self.table = table
        self.isPresent = isPresent
    }

    subscript(row: Int) -> String? { isPresent[row] == 1 ? table[row] : nil }
}
