internal import RecFiles

extension ByteWriter {
    /// Writes a value as copies and arrays hold it: its length in bytes, the most significant first, and the value.
    ///
    /// - Parameter write: Writes the value; for `NULL`, it writes nothing and answers `false`.
    mutating func writeCell(_ write: (inout ByteWriter) -> Bool) {
        let start = bytes.count
        self.write(-1 as Int32)
        let valueStart = bytes.count
        guard write(&self) else {
            precondition(bytes.count == valueStart, "nothing is written for NULL")
            return
        }
        let length = Int32(bytes.count - valueStart)
        for (place, shift) in stride(from: 24, through: 0, by: -8).enumerated() {
            bytes[start + place] = UInt8(truncatingIfNeeded: length >> Int32(shift))
        }
    }
}
