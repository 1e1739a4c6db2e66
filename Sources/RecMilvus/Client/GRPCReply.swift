internal import RecEngines
internal import RecFiles

/// A status of gRPC that is not OK.
package struct GRPCStatus: Error, Sendable, Hashable {
    /// The number, such as 14 for `UNAVAILABLE`.
    package let code: Int

    /// The server's words.
    package let message: String

    static let deadlineExceeded = 4
    static let unimplemented = 12
    static let unavailable = 14
    static let unauthenticated = 16
    static let permissionDenied = 7
}

extension GRPCReply {
    /// The bytes before a message: whether it is compressed, and its length.
    private static let prefix = 5

    /// What a proxy answers with in place of a server that is not there or has too much to do.
    private static let absences = [429, 502, 503, 504]

    /// A message with the bytes that come before it.
    static func framed(_ message: [UInt8]) -> [UInt8] {
        let count = UInt32(message.count)
        return [0] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + message
    }

    /// Reads the one message of a reply.
    ///
    /// A whole message needs no status: servers send one with the status 0 only, and libcurl 7.88 loses trailers.
    ///
    /// - Throws: ``GRPCStatus`` when the server reports one, ``GRPCFault`` when the reply is not one of gRPC.
    package func readMessage<Value>(_ read: (RawSpan) throws -> Value) throws -> Value {
        let fields = fields
        guard httpStatus == 200, fields["content-type"]?.hasPrefix("application/grpc") == true else {
            throw GRPCFault(
                Self.absences.contains(httpStatus) ? .unreachable : .foreign,
                "it answered with HTTP status \(httpStatus) and no message of gRPC"
            )
        }
        let status = fields["grpc-status"].flatMap { Int($0) }
        if let status, status != 0 {
            let words = fields["grpc-message"] ?? ""
            throw GRPCStatus(code: status, message: PercentCoding.decoded(words) ?? words)
        }
        guard isWhole else {
            throw status == nil
                ? GRPCFault(.unreachable, "the answer ended before its status")
                : GRPCFault(.foreign, "the answer is not one whole message")
        }
        return try body.withBytes { try read($0.extracting(droppingFirst: Self.prefix)) }
    }

    /// Whether the body is one message that is not compressed.
    private var isWhole: Bool {
        body.count >= Self.prefix && body[0] == 0
            && body[1..<Self.prefix].reduce(0) { $0 << 8 | Int($1) } == body.count - Self.prefix
    }

    /// The headers and trailers by name in lower case; of several with one name the last one.
    private var fields: [String: String] {
        var fields: [String: String] = [:]
        // Lines end with CR LF, which is one character but two bytes.
        for line in headers.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == UInt8(ascii: " ") }
            fields[String(Substring(line[..<colon])).lowercased()] = String(Substring(value))
        }
        return fields
    }
}
