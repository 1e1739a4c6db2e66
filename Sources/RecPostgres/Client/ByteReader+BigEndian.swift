internal import RecFiles

extension ByteReader {
    /// Reads one number in the order of bytes that PostgreSQL sends.
    mutating func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type
    ) throws(EndOfData) -> Number {
        Number(bigEndian: try read(type))
    }
}
