/// A dense block: a vector of unit Euclidean length together with the recipe that made it.
public struct DenseVector: Sendable, Hashable {
    /// The components, in the order of the feature extractor; their squares add up to 1.
    public let components: [Float]

    /// How the vector was made.
    public let recipe: Recipe

    /// The number of components.
    package var dimension: Int { components.count }

    /// Creates a unit vector by dividing `values` by their Euclidean length, computed in double precision.
    ///
    /// - Throws: ``RecError`` with code `invalidVector` when `values` is empty, has zero length or holds a value
    ///   that is not finite.
    /// - Complexity: O(*n*)
    public init(normalizing values: [Float], recipe: Recipe) throws(RecError) {
        var squares = 0.0
        for value in values { squares += Double(value) * Double(value) }
        guard squares.isFinite else {
            throw RecError(.invalidVector, "The vector holds a value that is not finite, so it has no direction.")
        }
        guard squares > 0 else {
            throw RecError(.invalidVector, "The vector is empty or all zeros, so it has no direction.")
        }
        let scale = 1 / squares.squareRoot()
        components = values.map { Float(Double($0) * scale) }
        self.recipe = recipe
    }

    /// Creates a vector from components that have unit length already.
    ///
    /// Components whose squares add up to 1 within 1e-6 are kept bit by bit; rougher ones are scaled.
    ///
    /// - Precondition: The squares of `components` add up to 1 within 1e-3.
    package init(unit components: [Float], recipe: Recipe) {
        let squares = Self.squares(of: components)
        precondition(abs(squares - 1) < 1e-3, "components must have unit length")
        self.init(components, squares: squares, recipe: recipe)
    }

    /// Creates a vector from components that were stored; `nil` when they are damaged, so that their squares do not add
    /// up to 1 within 1e-4.
    package init?(stored components: [Float], recipe: Recipe) {
        let squares = Self.squares(of: components)
        // Written this way round so that NaN fails.
        guard abs(squares - 1) < 1e-4 else { return nil }
        self.init(components, squares: squares, recipe: recipe)
    }

    private init(_ components: [Float], squares: Double, recipe: Recipe) {
        let scale = 1 / squares.squareRoot()
        self.components = abs(squares - 1) < 1e-6 ? components : components.map { Float(Double($0) * scale) }
        self.recipe = recipe
    }

    /// The sum of squares, added in four lanes: in one, each addition waits for the one before it.
    private static func squares(of components: [Float]) -> Double {
        var sums = SIMD4<Double>.zero
        let rest = components.count & ~3
        for first in stride(from: 0, to: rest, by: 4) {
            let part = SIMD4<Float>(
                components[first],
                components[first + 1],
                components[first + 2],
                components[first + 3]
            )
            let exact = SIMD4<Double>(part)
            sums += exact * exact
        }
        return components[rest...].reduce(sums.sum()) { $0 + Double($1) * Double($1) }
    }
}
