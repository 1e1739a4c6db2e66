internal import RecCore

/// The values of one attribute over all rows, as numbers of a dictionary.
struct AttributeColumn: Sendable {
    let name: String

    /// The different values, ascending by code points.
    let dictionary: StringTable

    /// How many values each row has.
    let counts: [UInt32]

    /// The values of all rows, one row after another, as positions in `dictionary`.
    let codes: [UInt32]

    /// Where the codes of each row begin.
    private let starts: [Int]

    init(name: String, values: [AttributeValues]) {
        let different = Set(values.flatMap(\.values).map { ByteString($0) }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(different, (0 as UInt32)...))
        self.init(
            name: name,
            dictionary: StringTable(different.map(\.string)),
            counts: values.map { UInt32($0.values.count) },
            codes: values.flatMap(\.values).map { numbers[ByteString($0), default: 0] }
        )
    }

    /// - Precondition: The counts add up to the number of codes, and each code is a position in the dictionary.
    init(name: String, dictionary: StringTable, counts: [UInt32], codes: [UInt32]) {
        self.name = name
        self.dictionary = dictionary
        self.counts = counts
        self.codes = codes
        var start = 0
        starts = counts.map { count in
            defer { start += Int(count) }
            return start
        }
        precondition(start == codes.count, "the counts must add up to the number of codes")
    }

    /// The values of a row; none when it lacks the attribute.
    func values(of row: Int) -> AttributeValues {
        AttributeValues(codes[range(of: row)].map { dictionary[Int($0)] })
    }

    /// Which rows have one of these values.
    ///
    /// - Complexity: O(number of rows)
    func rows(withAnyOf wanted: Set<String>) -> [Bool] {
        var isWanted = [Bool](repeating: false, count: dictionary.count)
        for value in wanted {
            if let code = dictionary.sortedIndex(of: value) { isWanted[code] = true }
            // Strings that are equal as text may differ in their code points, but never when they are plain ASCII.
            guard value.utf8.contains(where: { $0 >= 0x80 }) else { continue }
            for code in 0..<dictionary.count where dictionary[code] == value { isWanted[code] = true }
        }
        return counts.indices.map { row in codes[range(of: row)].contains { isWanted[Int($0)] } }
    }

    /// The values of a row as positions in the dictionary.
    func codes(of row: Int) -> ArraySlice<UInt32> { codes[range(of: row)] }

    private func range(of row: Int) -> Range<Int> {
        starts[row]..<starts[row] + Int(counts[row])
    }
}

extension AttributeColumn {
    /// A string compared by its code points, so that every spelling is kept as it is.
    private struct ByteString: Hashable, Comparable {
        let string: String

        init(_ string: String) { self.string = string }

        static func == (lhs: ByteString, rhs: ByteString) -> Bool {
            lhs.string.utf8.elementsEqual(rhs.string.utf8)
        }

        static func < (lhs: ByteString, rhs: ByteString) -> Bool {
            lhs.string.utf8.lexicographicallyPrecedes(rhs.string.utf8)
        }
    }
}
