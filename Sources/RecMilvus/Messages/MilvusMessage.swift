package import RecFiles

/// A request of the service `milvus.proto.milvus.MilvusService`; `milvus.proto` beside the tests has all messages.
package protocol MilvusRequest: Sendable {
    /// The type of the answer.
    associatedtype Answer: MilvusAnswer

    /// The name of the method.
    static var method: String { get }

    /// Whether a second call changes nothing more, so that a call without an answer may be repeated.
    static var isRepeatable: Bool { get }

    /// Whether the answer is made of products, which the nodes that answer must have.
    static var readsProducts: Bool { get }

    /// Writes the fields.
    func write(to writer: inout ProtobufWriter)
}

extension MilvusRequest {
    package static var isRepeatable: Bool { true }
    package static var readsProducts: Bool { false }

    /// The message.
    package var message: [UInt8] {
        var writer = ProtobufWriter()
        write(to: &writer)
        return writer.bytes
    }
}

/// An answer of the service.
package protocol MilvusAnswer: Sendable {
    /// Reads a message.
    init(_ bytes: RawSpan) throws

    /// Whether the request was done.
    var status: MilvusStatus { get }
}

/// The result of a request, as answers hold it.
package struct MilvusStatus: Sendable, Hashable, MilvusAnswer {
    /// The number of the fault by today's protocol; 0 for none.
    package private(set) var code = 0
    /// The number by the protocol before 2.3; 0 for none.
    package private(set) var oldCode = 0
    /// The server's words.
    package private(set) var reason = ""
    /// Whether the server thinks that another try may help.
    package private(set) var isRetriable = false

    package var status: MilvusStatus { self }

    /// Whether the request was done.
    package var isGood: Bool { code == 0 && oldCode == 0 }

    /// Reads a message.
    package init(_ bytes: RawSpan) throws {
        try self.init(bytes, bytes.all)
    }

    init() {}

    init(_ bytes: RawSpan, _ range: Range<Int>) throws {
        try bytes.forEachField(in: range) { field in
            switch field.number {
            case 1: oldCode = Int(try field.integer)
            case 2: reason = try field.text(in: bytes)
            case 3: code = Int(try field.integer)
            case 4: isRetriable = try field.integer != 0
            default: break
            }
        }
    }
}

extension RawSpan {
    /// The place of a message that is all of the bytes.
    var all: Range<Int> { 0..<byteCount }
}

extension ProtobufWriter {
    /// Writes a name and a value of a repeated field.
    mutating func write(_ number: Int, _ pairs: [(key: String, value: String)]) {
        for pair in pairs {
            write(number) { entry in
                entry.write(1, pair.key)
                entry.write(2, pair.value)
            }
        }
    }
}

extension RawSpan {
    /// The name and the value at a place.
    func pair(_ range: Range<Int>) throws -> (key: String, value: String) {
        var pair = (key: "", value: "")
        try forEachField(in: range) { field in
            switch field.number {
            case 1: pair.key = try field.text(in: self)
            case 2: pair.value = try field.text(in: self)
            default: break
            }
        }
        return pair
    }
}
