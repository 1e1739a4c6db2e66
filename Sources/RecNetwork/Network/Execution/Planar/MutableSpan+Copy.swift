extension MutableSpan<Float> {
    /// Copies all elements of a span of the same count.
    mutating func copy(from source: Span<Float>) {
        precondition(count == source.count, "spans of different counts")
        for index in source.indices { self[index] = source[index] }
    }
}
