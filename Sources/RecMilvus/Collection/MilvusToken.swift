internal import RecCore
internal import RecFiles

/// Texts of a shop as words of an alphabet that is safe within the expressions of Milvus.
///
/// A short text of letters, digits and a few signs stands for itself, any other for half of its SHA-256. So no text of
/// a query can end a word, and words have a bounded length.
enum MilvusToken {
    private static let longest = 64
    private static let signs = Set(" _-.,:;+/&()".utf8)

    /// The word for the name of an attribute.
    static func name(_ name: String) -> String { word(name) }

    /// The word for a value of an attribute.
    static func value(_ value: String, of name: String) -> String { "\(word(name))=\(word(value))" }

    /// The word that a product with more than `position` numbers of an attribute has.
    static func number(_ position: Int, of name: String) -> String { "\(word(name))#\(position)" }

    private static func word(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let isSafe = bytes.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || signs.contains(byte)
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }
        if isSafe, !bytes.isEmpty, bytes.count <= longest { return text }
        var hash = SHA256()
        hash.update(bytes)
        return "#" + hash.hexadecimal.prefix(32)
    }

    /// A text between quotation marks, for identifiers; `nil` when Milvus cannot say it.
    static func quoted(_ text: String) -> String? {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": return nil
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension ProductID {
    /// Whether a product of a collection can have this identifier.
    var isStorable: Bool {
        !rawValue.isEmpty && rawValue.utf8.count <= MilvusRow.longestText && !rawValue.utf8.contains(0)
    }
}
