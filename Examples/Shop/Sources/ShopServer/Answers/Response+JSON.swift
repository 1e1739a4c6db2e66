import Foundation
import Hummingbird
import NIOCore
import NIOFoundationCompat

extension ByteBuffer {
    /// A value in JSON.
    init(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        // The same answer has the same bytes.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(data: try encoder.encode(value))
    }
}

extension Response {
    /// A value in JSON.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        text(try ByteBuffer(json: value), type: "application/json", status: status, headers: headers)
    }

    /// Bytes of a media type.
    static func text(
        _ bytes: ByteBuffer,
        type: String,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: .init(byteBuffer: bytes))
    }

    /// Bytes with their validator, or 304 when the client has them already.
    static func cached(
        _ content: TaggedBytes,
        type: String,
        for request: Request,
        cacheControl: String,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.eTag] = "\"\(content.tag)\""
        headers[.cacheControl] = cacheControl
        // A cache may have weakened the validator on its way.
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map(\.trimmingBlanks)
        if known.contains("*") || known.contains("\"\(content.tag)\"") || known.contains("W/\"\(content.tag)\"") {
            return Response(status: .notModified, headers: headers)
        }
        return text(content.bytes, type: type, headers: headers)
    }
}
