public import RecCore
internal import RecEngines

/// The address of a database: `postgresql://user:password@host:port/database?name=value`.
///
/// All parts are optional, and special characters are percent-encoded, in a password at least `/` and `?`, after the host
/// at least `@`. A host is a name, an IPv4 address, an IPv6 address in brackets, or several of them with commas; a folder
/// of a Unix socket is given as `?host=/folder`. Of the parameters, those that libpq knows go to it, such as
/// `sslmode=verify-full`; others are for the caller, such as `table=products`. What is left out, libpq takes from the
/// environment (`PGHOST`, `PGPASSWORD` and so on) and from `~/.pgpass`.
public struct PostgresAddress: Sendable, Hashable {
    /// The parameters of libpq in order.
    package let parameters: [Parameter]

    /// The other parameters, those of the caller.
    package var options: [String: String] { hiddenOptions.value }
    private let hiddenOptions: Secret<[String: String]>

    /// A parameter of libpq.
    package struct Parameter: Sendable, Hashable {
        let name: String
        var value: String { hiddenValue.value }
        private let hiddenValue: Secret<String>

        init(name: String, value: String) {
            self.name = name
            hiddenValue = Secret(value)
        }
    }

    /// Reads an address.
    ///
    /// - Throws: `RecError` with code `invalid-setting`, whose message does not repeat the address.
    public init(_ text: String) throws(RecError) {
        guard let scheme = Self.schemes.first(where: { text.hasPrefix($0) }) else {
            throw Self.failure("begins with postgresql://")
        }
        guard !text.contains("\0") else { throw Self.failure("does not hold the character NUL") }
        let rest = text.dropFirst(scheme.count)
        let (place, query) = rest.parted(at: "?")
        let (authority, database) = place.parted(at: "/")
        // What follows the host is shown, and may be the rest of a password.
        guard !rest[authority.endIndex...].utf8.contains(UInt8(ascii: "@")) else {
            throw Self.failure("has %2F, %3F and %40 in place of /, ? and @ in a password, and %40 after the host")
        }
        // A password may hold an @ that is not encoded, a host cannot.
        let user = authority.lastIndex(of: "@").map { authority[..<$0] }
        let hosts = user.map { authority[$0.endIndex...].dropFirst() } ?? authority[...]

        var found: [(name: String, value: String)] = []
        if let user {
            let (name, password) = user.parted(at: ":")
            found.append(("user", try Self.decode(name)))
            if let password { found.append(("password", try Self.decode(password))) }
        }
        found += try Self.hosts(hosts)
        found.append(("dbname", try Self.decode(database ?? "")))

        var options: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let (name, value) = pair.parted(at: "=")
            guard let value else { throw Self.failure("has parameters of the form name=value") }
            let (decodedName, decodedValue) = (try Self.decode(name), try Self.decode(value))
            if Self.known.contains(decodedName) {
                found.removeAll { $0.name == decodedName }
                found.append((decodedName, decodedValue))
            } else if options.updateValue(decodedValue, forKey: decodedName) != nil {
                throw Self.failure("has each parameter once; \(decodedName.debugDescription) is there twice")
            }
        }
        // Parameters that are empty are those that were left out.
        parameters = found.filter { !$0.value.isEmpty }.map { Parameter(name: $0.name, value: $0.value) }
        hiddenOptions = Secret(options)
    }

    /// Whether a text is meant as an address, and not as a path.
    package static func isAddress(_ text: String) -> Bool { schemes.contains { text.hasPrefix($0) } }

    private static let schemes = ["postgresql://", "postgres://"]

    /// The same database without the options.
    package var withoutOptions: PostgresAddress { PostgresAddress(parameters: parameters, options: [:]) }

    /// The same server with another database.
    package func database(_ name: String) -> PostgresAddress {
        let others = parameters.filter { $0.name != "dbname" }
        return PostgresAddress(parameters: others + [Parameter(name: "dbname", value: name)], options: options)
    }

    private init(parameters: [Parameter], options: [String: String]) {
        self.parameters = parameters
        hiddenOptions = Secret(options)
    }

    private static func hosts(_ text: Substring) throws(RecError) -> [(name: String, value: String)] {
        guard !text.isEmpty else { return [] }
        var (names, ports): ([String], [String]) = ([], [])
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            var (name, port): (Substring, Substring?)
            if part.hasPrefix("["), let end = part.lastIndex(of: "]") {
                name = part[..<end].dropFirst()
                let after = part[end...].dropFirst()
                guard after.isEmpty || after.hasPrefix(":") else { throw failure("has a port after ]:") }
                port = after.isEmpty ? nil : after.dropFirst()
            } else {
                (name, port) = part.parted(at: ":")
            }
            if let port, !port.isEmpty {
                guard let number = Int(port), (1...65_535).contains(number) else {
                    throw failure("has a port from 1 to 65535")
                }
            }
            names.append(try decode(name))
            ports.append(String(port ?? ""))
        }
        return [
            ("host", names.joined(separator: ",")),
            ("port", ports.joined(separator: ",").filter { _ in ports != [""] }),
        ]
    }

    private static func decode(_ text: Substring) throws(RecError) -> String {
        guard let decoded = PercentCoding.decoded(text), !decoded.utf8.contains(0) else {
            throw failure("is UTF-8 with two hexadecimal digits after each %, and no %00")
        }
        return decoded
    }

    private static func failure(_ rule: String) -> RecError {
        RecError(.invalidSetting, "an address of a database \(rule); the form is postgresql://user@host:port/database")
    }

    /// A text in which a password is replaced.
    static func hiding(_ password: String, in text: String) -> String {
        guard !password.isEmpty else { return text }
        return String(text.unicodeScalars.replacing(password.unicodeScalars, with: "***".unicodeScalars))
    }

    /// The parameters of libpq.
    private static let known: Set<String> = [
        "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "channel_binding", "connect_timeout",
        "client_encoding", "options", "application_name", "fallback_application_name", "keepalives", "keepalives_idle",
        "keepalives_interval", "keepalives_count", "tcp_user_timeout", "gssencmode", "sslmode", "sslcompression",
        "sslcert", "sslkey", "sslpassword", "sslrootcert", "sslcrl", "sslcrldir", "sslsni", "requirepeer",
        "ssl_min_protocol_version", "ssl_max_protocol_version", "krbsrvname", "gsslib", "service",
        "target_session_attrs",
    ]
}

extension PostgresAddress: CustomStringConvertible {
    /// The address with user, host, port and database, and without passwords.
    public var description: String {
        func value(_ name: String) -> String { parameters.last { $0.name == name }?.value ?? "" }
        let hosts = value("host").split(separator: ",", omittingEmptySubsequences: false)
        let ports = value("port").split(separator: ",", omittingEmptySubsequences: false)
        let places = hosts.enumerated().map { index, host in
            let port = ports.count == 1 ? ports.first : index < ports.count ? ports[index] : nil
            return (host.contains(":") ? "[\(host)]" : host) + (port.map { $0.isEmpty ? "" : ":\($0)" } ?? "")
        }
        let user = value("user")
        let table = options["table"].map { "?table=\($0)" } ?? ""
        return "postgresql://" + (user.isEmpty ? "" : "\(user)@") + places.joined(separator: ",") + "/"
            + value("dbname")
            + table
    }
}
