extension ArraySlice<UInt8> {
    /// Takes a little-endian number off the front.
    ///
    /// - Parameter count: Its bytes, 8 at most.
    /// - Returns: The number; `nil` when there are fewer bytes, which then stay.
    mutating func takeNumber(bytes count: Int) -> Int? {
        guard count <= self.count else { return nil }
        var value = 0
        for index in 0..<count { value |= Int(self[startIndex + index]) << (8 * index) }
        removeFirst(count)
        return value
    }

    /// Takes a number off the front that is stored in groups of seven bits, the lowest first (LEB128).
    ///
    /// - Parameter limit: The most bytes of it, 10 at most.
    /// - Returns: The number; `nil` when it does not end in time.
    mutating func takeVarint(limit: Int) -> UInt64? {
        var value: UInt64 = 0
        for (index, byte) in prefix(limit).enumerated() {
            value |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte < 0x80 {
                removeFirst(index + 1)
                return value
            }
        }
        return nil
    }
}
