internal import RecCore

/// The type of the elements of a data set or an attribute.
enum HDF5Datatype: Sendable {
    /// A number in little-endian order.
    case number(ElementType)
    /// A text of a fixed number of bytes, padded by zeros.
    case text(byteCount: Int)
    /// A text in a global heap.
    case variableText
    /// Bytes without a meaning of their own; Keras stores bfloat16 so.
    case opaque(byteCount: Int)
    /// Anything else, in words.
    case other(String)

    /// Reads the body of a datatype message.
    init(_ body: ByteRegion) throws(RecError) {
        var reader = body.reader()
        let head = try reader.integer(UInt32.self)
        let (kind, bits) = (head & 0x0F, head >> 8)
        let size = Int(try reader.integer(UInt32.self))
        switch kind {
        case 0 where size > 1 && bits & 1 != 0, 1 where bits & 1 != 0: self = .other("big-endian numbers")
        case 0: self = Self.integer(size: size, isSigned: bits & 8 != 0)
        case 1:
            try reader.skip(5)
            let exponentSize = try reader.byte()
            _ = try reader.byte()
            let fractionSize = try reader.byte()
            switch (size, exponentSize, fractionSize) {
            case (2, 5, 10): self = .number(.float16)
            case (2, 8, 7): self = .number(.bfloat16)
            case (4, 8, 23): self = .number(.float32)
            case (8, 11, 52): self = .number(.float64)
            default: self = .other("floating-point numbers of \(size) bytes")
            }
        case 3: self = .text(byteCount: size)
        case 5: self = .opaque(byteCount: size)
        case 9 where bits & 0x0F == 1: self = .variableText
        default: self = .other("values of HDF5 class \(kind)")
        }
    }

    private static func integer(size: Int, isSigned: Bool) -> HDF5Datatype {
        switch (size, isSigned) {
        case (1, true): .number(.int8)
        case (2, true): .number(.int16)
        case (4, true): .number(.int32)
        case (8, true): .number(.int64)
        case (1, false): .number(.uint8)
        case (2, false): .number(.uint16)
        case (4, false): .number(.uint32)
        case (8, false): .number(.uint64)
        default: .other("integers of \(size) bytes")
        }
    }
}
