internal import RecCore
internal import RecFiles

/// The values of one attribute over all rows, as numbers of a dictionary.
struct AttributeColumn: Sendable {
    let name: String

    /// The different values, ascending by code points.
    let dictionary: StringTable

    /// Where the codes of each row end; they begin where those of the row before it end.
    let ends: NumberArray<UInt32>

    /// The values of all rows, one row after another, as positions in `dictionary`.
    let codes: NumberArray<UInt32>

    /// Collects the values of the rows that have the attribute, in the order of the rows.
    init(name: String, rowCount: Int, cells: [(row: Int, values: ArraySlice<String>)]) {
        let different = Set(cells.lazy.flatMap(\.values).map { ByteString($0) }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(different, (0 as UInt32)...))
        self.name = name
        dictionary = StringTable(different.map(\.text))
        var rest = cells[...]
        var end: UInt32 = 0
        ends = NumberArray(
            (0..<rowCount).map { row in
                if rest.first?.row == row { end += UInt32(rest.removeFirst().values.count) }
                return end
            }
        )
        codes = NumberArray(cells.flatMap(\.values).map { numbers[ByteString($0), default: 0] })
    }

    /// Creates a column from its parts, or returns `nil` when they are inconsistent.
    init?(name: String, dictionary: StringTable, ends: NumberArray<UInt32>, codes: NumberArray<UInt32>) {
        let isConsistent = ends.withSpan { ends in
            var start: UInt32 = 0
            for row in ends.indices {
                guard ends[row] >= start else { return false }
                start = ends[row]
            }
            return Int(start) == codes.count
        }
        guard isConsistent, codes.areAll(below: dictionary.count), dictionary.isStrictlyAscending else { return nil }
        self.name = name
        self.dictionary = dictionary
        self.ends = ends
        self.codes = codes
    }

    /// The values of a row, which differ; none when it lacks the attribute.
    func values(of row: Int) -> [String] {
        let values = range(of: row).map { dictionary[Int(codes[$0])] }
        return values.count > 1 ? AttributeValues(values).values : values
    }

    /// Which rows have one of these values.
    ///
    /// - Complexity: O(number of rows + number of different values + values that are wanted)
    func rows(withAnyOf wanted: AttributeValues) -> [Bool] {
        var isWanted = [Bool](repeating: false, count: dictionary.count)
        for value in wanted.values {
            if let code = dictionary.sortedIndex(of: value) { isWanted[code] = true }
        }
        return rows(with: isWanted)
    }

    /// Which rows have a value that a test holds for.
    ///
    /// - Complexity: O(number of rows + number of different values)
    func rows(where test: (String) -> Bool) -> [Bool] {
        rows(with: (0..<dictionary.count).map { test(dictionary[$0]) })
    }

    /// Which rows have a value that is wanted, by its position in the dictionary.
    private func rows(with isWanted: [Bool]) -> [Bool] {
        var result = [Bool](repeating: false, count: ends.count)
        codes.withSpan { codes in
            ends.withSpan { ends in
                var position = 0
                for row in ends.indices {
                    let end = Int(ends[row])
                    while position < end {
                        if isWanted[Int(codes[position])] { result[row] = true }
                        position += 1
                    }
                }
            }
        }
        return result
    }

    /// The different values, each with the number of rows that have it and pass a test.
    ///
    /// - Complexity: O(number of rows + number of different values)
    func counts(where isCounted: (Int) -> Bool) -> [(value: String, count: Int)] {
        var counts = [Int](repeating: 0, count: dictionary.count)
        codes.withSpan { codes in
            ends.withSpan { ends in
                var position = 0
                for row in ends.indices {
                    let end = Int(ends[row])
                    let isCounted = position < end && isCounted(row)
                    while position < end {
                        if isCounted { counts[Int(codes[position])] += 1 }
                        position += 1
                    }
                }
            }
        }
        return counts.indices.map { (dictionary[$0], counts[$0]) }
    }

    /// The values of a row as positions in the dictionary.
    func codes(of row: Int) -> [UInt32] { codes.array(range(of: row)) }

    /// Whether a row has a value.
    func hasValue(_ row: Int) -> Bool { !range(of: row).isEmpty }

    private func range(of row: Int) -> Range<Int> {
        Int(row == 0 ? 0 : ends[row - 1])..<Int(ends[row])
    }
}
