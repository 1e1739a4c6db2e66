extension Span<UInt8> {
    /// Whether the bytes from an offset on are those of a signature, as far as there are any.
    func agrees(with signature: some Sequence<UInt8>, at offset: Int = 0) -> Bool {
        var position = offset
        for byte in signature {
            guard position < count else { return true }
            guard self[position] == byte else { return false }
            position += 1
        }
        return true
    }
}
