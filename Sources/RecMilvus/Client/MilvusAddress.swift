public import RecCore
internal import RecEngines

/// The address of a Milvus server: `milvus://user:password@host:port/collection?database=name`.
///
/// All parts but the host are optional, and special characters are percent-encoded, in a password at least `/` and `?`,
/// after the host at least `@`. With `milvuss` instead of `milvus` the connection is encrypted, and the certificate of the
/// server checked. A token may stand in place of `user:password`. The port is 19530 if nothing else is said. A host is a
/// name, an IPv4 address, or an IPv6 address in brackets.
public struct MilvusAddress: Sendable, Hashable {
    /// The collection that the path names.
    package let collection: String?

    /// The parameters but the database, those of the caller.
    package var options: [String: String] { hiddenOptions.value }
    private let hiddenOptions: Secret<[String: String]>

    /// Whether the connection is encrypted.
    let isEncrypted: Bool
    let host: String
    let port: Int
    /// `user:password` or a token; never part of a message.
    var credentials: String? { hiddenCredentials.value }
    private let hiddenCredentials: Secret<String?>
    /// The database; that of the server's choice when empty.
    let database: String

    private static let schemes = ["milvus://", "milvuss://"]

    /// Reads an address.
    ///
    /// - Throws: `RecError` with code `invalid-setting`, whose message does not repeat the address.
    public init(_ text: String) throws(RecError) {
        guard let scheme = Self.schemes.first(where: { text.hasPrefix($0) }) else {
            throw Self.failure("begins with milvus:// or milvuss://")
        }
        isEncrypted = scheme == "milvuss://"
        let rest = text.dropFirst(scheme.count)
        let (place, query) = rest.parted(at: "?")
        let (authority, path) = place.parted(at: "/")
        // What follows the host is shown, and may be the rest of a password.
        guard !rest[authority.endIndex...].utf8.contains(UInt8(ascii: "@")) else {
            throw Self.failure("has %2F, %3F and %40 in place of /, ? and @ in a password, and %40 after the host")
        }
        // A password may hold an @ that is not encoded, a host cannot.
        let user = authority.lastIndex(of: "@").map { authority[..<$0] }
        hiddenCredentials = Secret(try user.map { text throws(RecError) in try Self.decode(text) })
        (host, port) = try Self.host(user.map { authority[$0.endIndex...].dropFirst() } ?? authority)
        let name = try Self.decode(path ?? "")
        collection = name.isEmpty ? nil : name
        var options: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let (name, value) = pair.parted(at: "=")
            guard let value else { throw Self.failure("has parameters of the form name=value") }
            guard options.updateValue(try Self.decode(value), forKey: try Self.decode(name)) == nil else {
                throw Self.failure("has each parameter once")
            }
        }
        database = options.removeValue(forKey: "database") ?? ""
        hiddenOptions = Secret(options)
    }

    /// Whether a text is meant as an address, and not as a path.
    package static func isAddress(_ text: String) -> Bool { schemes.contains { text.hasPrefix($0) } }

    private static func host(_ text: Substring) throws(RecError) -> (String, Int) {
        var (name, port): (Substring, Substring?) = (text, nil)
        if text.hasPrefix("["), let end = text.lastIndex(of: "]") {
            name = text[...end]
            let after = text[end...].dropFirst()
            guard after.isEmpty || after.hasPrefix(":") else { throw failure("has a port after ]:") }
            port = after.isEmpty ? nil : after.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            (name, port) = (text[..<colon], text[colon...].dropFirst())
        }
        let isName = name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-._".utf8.contains($0) }
        let isNumeric =
            name.hasPrefix("[") && name.hasSuffix("]")
            && name.utf8.allSatisfy { $0.isHexadecimal || "[]:.".utf8.contains($0) }
        guard !name.isEmpty, isName || isNumeric else { throw failure("names a host") }
        guard let port, !port.isEmpty else { return (String(name), 19530) }
        guard let number = Int(port), (1...65_535).contains(number) else { throw failure("has a port from 1 to 65535") }
        return (String(name), number)
    }

    private static func decode(_ text: Substring) throws(RecError) -> String {
        guard let decoded = PercentCoding.decoded(text), !decoded.utf8.contains(0) else {
            throw failure("is UTF-8 with two hexadecimal digits after each %, and no %00")
        }
        return decoded
    }

    private static func failure(_ rule: String) -> RecError {
        RecError(.invalidSetting, "The address of a Milvus server \(rule); the form is milvus://host:port/collection.")
    }

    /// Scheme, host and port for the transport.
    var base: String { "\(isEncrypted ? "https" : "http")://\(host):\(port)" }
}

extension MilvusAddress: CustomStringConvertible {
    /// The address without user, password and token.
    public var description: String {
        let name = collection.map { "/\($0)" } ?? ""
        let parameter = database.isEmpty ? "" : "?database=\(database)"
        return "\(isEncrypted ? "milvuss" : "milvus")://\(host):\(port)\(name)\(parameter)"
    }
}

extension UInt8 {
    var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    fileprivate var isHexadecimal: Bool { isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self | 0x20 }
}
