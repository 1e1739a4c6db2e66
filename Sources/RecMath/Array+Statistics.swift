extension [Double] {
    /// The Euclidean length.
    package var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// The mean; `nil` when there is no value.
    package var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
