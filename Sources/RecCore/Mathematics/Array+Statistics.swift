extension [Double] {
    /// The Euclidean length.
    var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// The mean; `nil` when there is no value.
    var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
