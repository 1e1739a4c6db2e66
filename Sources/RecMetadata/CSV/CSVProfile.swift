internal import RecCore

/// What the columns of a table hold, learned from the rows at its beginning that have as many fields as columns.
///
/// It judges rows with another number of fields, whose values may stand in the wrong columns.
struct CSVProfile {
    /// For each column, whether it holds numbers and no other values but rare ones.
    private let isNumeric: [Bool]

    /// For each column with few values, these values.
    private let vocabularies: [Set<ByteString>?]

    private static let rowCount = 2000
    /// A column has few values when there are so many rows for each at least.
    private static let rowsOfValue = 10

    /// Learns from the rows that a tokenizer reads after the header.
    init(_ tokenizer: CSVTokenizer, header: CSVHeader, format: CSVFormat) throws(RecError) {
        var tokenizer = tokenizer
        let width = header.roles.count
        var numbers = [Int](repeating: 0, count: width)
        var others = [Int](repeating: 0, count: width)
        var values = [Set<ByteString>](repeating: [], count: width)
        var rows = 0
        while rows < Self.rowCount, try tokenizer.next() {
            let count = tokenizer.record.fields.count
            guard !tokenizer.record.isRejected, count == width || count == header.writtenCount else { continue }
            rows += 1
            for column in 0..<width {
                let text = tokenizer.text(of: column).text.trimmingBlanks()
                guard !text.isEmpty, !format.missingMarkers.contains(text) else { continue }
                if text.isNumber { numbers[column] += 1 } else { others[column] += 1 }
                if values[column].count <= Self.rowCount / Self.rowsOfValue {
                    values[column].insert(ByteString(text))
                }
            }
        }
        isNumeric = (0..<width).map { column in
            guard others[column] <= Self.oddValues(among: numbers[column]) else { return false }
            if case .attribute(let name) = header.roles[column], format.integerColumns.contains(name) { return true }
            return numbers[column] > 0
        }
        vocabularies = values.map { values in
            !values.isEmpty && values.count * Self.rowsOfValue <= rows ? values : nil
        }
    }

    /// How many values of a column of numbers may be none, such as "on request": one in a hundred, or a single one from
    /// twenty numbers on.
    private static func oddValues(among numbers: Int) -> Int {
        numbers < 20 ? 0 : max(1, numbers / 100)
    }

    /// The first column of numbers for which a row has something else, by the value of each column, `nil` where it is
    /// missing.
    func misplacedColumn(_ value: (_ column: Int) -> String?) -> Int? {
        isNumeric.indices.first { isNumeric[$0] && value($0).map { !$0.isNumber } ?? false }
    }

    /// The column whose value was cut at a delimiter, when the row fits better that way than with the last column cut.
    ///
    /// There are `extra` fields too many; a field that is missing has no value.
    func likelyCut(extra: Int, _ value: (_ field: Int) -> String?) -> Int? {
        let last = isNumeric.count - 1
        guard misfits(0..<last, shift: 0, value) > 0 else { return nil }
        return (0..<last).first { cut in
            misfits(0..<cut, shift: 0, value) == 0 && misfits(cut + 1..<last, shift: extra, value) == 0
        }
    }

    /// The number of columns for which a row has an unusual value.
    private func misfits(_ columns: Range<Int>, shift: Int, _ value: (_ field: Int) -> String?) -> Int {
        columns.count { column in
            guard let text = value(column + shift) else { return false }
            if isNumeric[column] { return !text.isNumber }
            return vocabularies[column].map { !$0.contains(ByteString(text)) } ?? false
        }
    }
}

extension String {
    /// Whether the text is a number: digits with a sign, a decimal point or comma, and an exponent as it may be.
    var isNumber: Bool {
        utf8.first.map { $0 < 0x3A } == true && Double(replacing(",", with: ".")).map(\.isFinite) == true
    }
}
