extension [Double] {
    /// The Euclidean length.
    var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
