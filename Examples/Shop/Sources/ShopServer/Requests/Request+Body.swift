import Hummingbird
import NIOCore

extension Request {
    /// The whole body.
    ///
    /// A length that is announced and too great is refused before the body is read.
    ///
    /// - Parameters:
    ///   - limit: The greatest size, in bytes.
    ///   - count: Gets the size of each part that arrives, before it is kept.
    /// - Returns: The bytes.
    /// - Throws: `ShopError` when the body is greater than the limit, or not what its header says, and what `count` throws.
    func bytes(upTo limit: Int, count: (Int) throws -> Void = { _ in }) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw ShopError.tooLarge(limit) }
        do {
            var bytes = ByteBuffer()
            for try await var part in body {
                guard bytes.readableBytes + part.readableBytes <= limit else { throw ShopError.tooLarge(limit) }
                try count(part.readableBytes)
                bytes.writeBuffer(&part)
            }
            return bytes
        } catch let error as ShopError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            // The connection ended, or the parts of the body are none.
            throw ShopError.invalidRequest("The body is incomplete, or not encoded as the header says.")
        }
    }

    /// The media type of the body without parameters, in lower case.
    var mediaType: String {
        let value = headers[.contentType] ?? ""
        return value.prefix { $0 != ";" }.trimmingBlanks.lowercased()
    }
}
