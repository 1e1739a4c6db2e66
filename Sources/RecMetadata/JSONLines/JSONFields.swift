internal import RecFiles

/// The names of fields that a table in JSON Lines has, and what they are used for.
struct JSONFields {
    /// The use of a field.
    enum Role: Equatable {
        case id
        /// A field of the displayed name, with its rank among them.
        case title(Int)
        case picture
        case attribute
    }

    /// A field.
    struct Field {
        let name: String
        fileprivate let bytes: [UInt8]
        let role: Role
        /// The column of the attribute in the block; `nil` before it has one.
        var column: Int?
        /// The line of the object that had it last.
        var line = 0
    }

    var fields: [Field] = []
    private var positions: [String: Int] = [:]
    private let format: JSONLinesFormat

    init(format: JSONLinesFormat) {
        self.format = format
    }

    /// The position of a field, which is new to the table or known.
    ///
    /// Objects have their fields in the same order as a rule, so that the guess is right.
    mutating func position(of token: JSONObjectScanner.Token, _ bytes: Span<UInt8>, guess: Int) -> Int {
        let name = bytes.extracting(token.range)
        if guess < fields.count, !token.hasEscapes {
            let known = fields[guess].bytes
            if known.span.isEqual(to: name) { return guess }
        }
        let text = JSONText(name, hasEscapes: token.hasEscapes).text
        if let known = positions[text] { return known }
        fields.append(Field(name: text, bytes: Array(text.utf8), role: role(of: text)))
        positions[text] = fields.count - 1
        return fields.count - 1
    }

    /// Forgets the columns of attributes, when a block begins that has none yet.
    mutating func forgetColumns() {
        for position in fields.indices { fields[position].column = nil }
    }

    /// Words about the fields of an object without an identifier: those whose names look like one, or else the first.
    func hint(line: Int) -> String {
        let names = fields.lazy.filter { $0.line == line && $0.role != .id }.map { String($0.name.prefix(40)) }
        let likely = names.filter { name in
            let letters = name.lowercased().filter(\.isLetter)
            return letters.hasSuffix("id") || ["sku", "key", "code", "ean", "gtin", "number"].contains(letters)
                || name.lowercased() == format.idField.lowercased()
        }
        let list = (likely.isEmpty ? Array(names.prefix(5)) : Array(likely.prefix(5))).map { "'\($0)'" }
        guard !list.isEmpty else { return "" }
        return "; it has \(list.joined(separator: ", ")): set JSONLinesFormat.idField if one of these identifies it"
    }

    private func role(of name: String) -> Role {
        if name == format.idField { return .id }
        if let rank = format.titleFields.firstIndex(of: name) { return .title(rank) }
        return name == format.pictureField ? .picture : .attribute
    }
}
