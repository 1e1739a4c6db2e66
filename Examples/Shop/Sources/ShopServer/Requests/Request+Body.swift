import Hummingbird
import NIOCore

extension Request {
    /// The whole body.
    ///
    /// A length that is announced and too great is refused before the body is read.
    ///
    /// - Parameter limit: The greatest size, in bytes.
    /// - Returns: The bytes.
    /// - Throws: `ShopError` when the body is greater than the limit, or not what its header says.
    func bytes(upTo limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw ShopError.tooLarge(limit) }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw ShopError.tooLarge(limit)
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
