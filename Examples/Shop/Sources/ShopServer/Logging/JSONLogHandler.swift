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
        var json = JSONWriter()
        json.object { json in
            json.field("time", Date().formatted(Self.time))
            json.field("level", event.level.rawValue)
            json.field("logger", label)
            json.field("message", "\(event.message)")
            json.fields(all)
        }
        write(String(decoding: json.bytes, as: UTF8.self) + "\n")
    }
}

extension JSONWriter {
    /// Writes metadata as fields of the object that is open, in the order of their names.
    fileprivate mutating func fields(_ metadata: Logger.Metadata) {
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) { field(name, value) }
    }

    private mutating func field(_ name: String?, _ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): field(name, text)
        case .stringConvertible(let number as any BinaryInteger): field(name, number)
        case .stringConvertible(let number as any BinaryFloatingPoint): field(name, Double(number))
        case .stringConvertible(let value): field(name, value.description)
        case .array(let values): array(name) { json in for value in values { json.field(nil, value) } }
        case .dictionary(let values): object(name) { $0.fields(values) }
        }
    }
}
