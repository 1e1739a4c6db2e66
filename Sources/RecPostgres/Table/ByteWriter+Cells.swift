internal import RecFiles

extension ByteWriter {
    /// Writes a value as copies and arrays hold it: its length in bytes, the most significant first, and the value.
    ///
    /// - Parameter write: Writes the value; for `NULL`, it writes nothing and answers `false`.
    mutating func writeCell(_ write: (inout ByteWriter) -> Bool) {
        let start = bytes.count
        self.write(-1 as Int32)
        guard write(&self) else { return }
        let length = UInt32(bytes.count - start - MemoryLayout<Int32>.size)
        for (place, shift) in stride(from: 24, through: 0, by: -8).enumerated() {
            bytes[start + place] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
        }
    }

    /// Writes the bytes of a value, or nothing for `nil`, which is `NULL`.
    mutating func writeCell(_ value: [UInt8]?) {
        writeCell { writer in
            if let value { writer.write(contentsOf: value) }
            return value != nil
        }
    }
}
