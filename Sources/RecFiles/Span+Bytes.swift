#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Span<UInt8> {
    /// A copy of the bytes.
    package var array: [UInt8] {
        unsafe withUnsafeBufferPointer { unsafe [UInt8]($0) }
    }

    /// The bytes as text in UTF-8; what is none becomes U+FFFD.
    package var text: String {
        unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes as text, or `nil` when they are not UTF-8.
    package var validText: String? {
        unsafe withUnsafeBufferPointer { unsafe String(validating: $0, as: UTF8.self) }
    }

    /// The number of bytes of the character that is encoded in UTF-8 at a position; 0 when there is none.
    package func characterLength(at position: Int) -> Int {
        let length =
            switch self[position] {
            case 0..<0x80: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0, position + length <= count else { return 0 }
        return extracting(position..<position + length).validText == nil ? 0 : length
    }

    /// The number of ASCII characters at the beginning.
    package var asciiCount: Int {
        unsafe withUnsafeBytes { bytes in
            var position = 0
            while position + 8 <= bytes.count,
                unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                position += 8
            }
            while position < bytes.count, unsafe bytes[position] < 0x80 { position += 1 }
            return position
        }
    }

    /// Whether two stretches hold the same bytes.
    package func isEqual(to other: Span<UInt8>) -> Bool {
        count == other.count
            && (unsafe withUnsafeBytes { first in
                unsafe other.withUnsafeBytes { second in
                    guard let one = first.baseAddress, let two = second.baseAddress else { return true }
                    return unsafe memcmp(one, two, first.count) == 0
                }
            })
    }

    /// Whether these bytes come before others, compared one by one; a beginning comes before the whole.
    package func precedes(_ other: Span<UInt8>) -> Bool {
        unsafe withUnsafeBytes { first in
            unsafe other.withUnsafeBytes { second in
                let count = min(first.count, second.count)
                guard count > 0, let first = first.baseAddress, let second = second.baseAddress else {
                    return self.count < other.count
                }
                let order = unsafe memcmp(first, second, count)
                return order == 0 ? self.count < other.count : order < 0
            }
        }
    }
}

extension NumberArray<UInt8> {
    /// Whether the bytes are text in UTF-8.
    package var isUTF8: Bool {
        withSpan { span in
            unsafe span.withUnsafeBytes { bytes in
                // Most texts are ASCII, which eight bytes at a time tell fast.
                var bits: UInt64 = 0
                var position = 0
                while position + 8 <= bytes.count {
                    bits |= unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                    position += 8
                }
                while position < bytes.count {
                    bits |= UInt64(unsafe bytes[position])
                    position += 1
                }
                if bits & 0x8080_8080_8080_8080 == 0 { return true }
                return unsafe String(validating: bytes, as: UTF8.self) != nil
            }
        }
    }
}
