#if PNG
import CRecPNG

/// The functions of zlib that the chunks of a PNG need.
enum Zlib {
    /// The CRC-32 of bytes.
    static func checksum(of bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            Int(unsafe rec_png_crc(buffer.baseAddress, buffer.count))
        }
    }

    /// The result of decompressing.
    enum Inflated: Equatable {
        case bytes([UInt8])
        /// There are more bytes than the limit.
        case tooLong
        case damaged
    }

    /// Decompresses a zlib stream of at most `limit` bytes; one that is cut off gives what it has.
    static func inflate(_ compressed: Span<UInt8>, limit: Int) -> Inflated {
        var status = REC_INFLATE_OK
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { output, count in
            status = unsafe compressed.withUnsafeBufferPointer { input in
                unsafe rec_png_inflate(input.baseAddress, input.count, output.baseAddress, limit, &count)
            }
        }
        return switch status {
        case REC_INFLATE_OK: .bytes(bytes)
        case REC_INFLATE_TOO_LARGE: .tooLong
        default: .damaged
        }
    }
}
#endif
