import Foundation
import Logging

/// Writes each message as a line of JSON, as a rule to standard error.
public struct JSONLogHandler: LogHandler {
    /// The least important messages that are written.
    public var logLevel: Logger.Level = .info
    /// What every message has.
    public var metadata: Logger.Metadata = [:]
    /// Gives what else every message has.
    public var metadataProvider: Logger.MetadataProvider?

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private let label: String
    private let write: @Sendable (String) -> Void

    /// Creates the handler of a logger.
    ///
    /// - Parameters:
    ///   - label: The name of the logger.
    ///   - level: The least important messages that are written.
    ///   - write: Writes a line.
    public init(
        label: String,
        level: Logger.Level = .info,
        write: @escaping @Sendable (String) -> Void = { line in
            // A log that cannot be written must not end the server.
            try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
        }
    ) {
        self.label = label
        self.write = write
        logLevel = level
    }

    /// One entry of the metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a message.
    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        var line = #"{"time":"\#(Date().formatted(Self.time))""#
        line += #","level":"\#(event.level.rawValue)","logger":\#(Self.quoted(label))"#
        line += #","message":\#(Self.quoted("\(event.message)"))"#
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line += ",\(Self.quoted(key)):\(Self.json(value))"
        }
        write(line + "}\n")
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .stringConvertible(let number as any Numeric & Sendable & CustomStringConvertible): number.description
        case .stringConvertible(let value): quoted(value.description)
        case .array(let values): "[" + values.map(json).joined(separator: ",") + "]"
        case .dictionary(let values):
            "{" + values.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(json($0.value))" }.joined(separator: ",")
                + "}"
        }
    }

    /// A text in quotes; what a client sends cannot begin a line of its own.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _
            where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
