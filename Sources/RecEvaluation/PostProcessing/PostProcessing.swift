internal import RecCore

/// A plan for post-processing dense vectors, before it is fitted, to make their cosines more discriminative.
///
/// ```swift
/// let plan = PostProcessing(power: 0.5, projection: .principalComponents(dimension: 512, exponent: -0.25))
/// let transform = try await plan.fit(to: sample)
/// ```
/// The steps, each optional, are in this order:
///
/// 1. power law: each component x becomes sign(x) |x|^`power`, and the vector is scaled to unit length;
/// 2. centring: the mean of the sample is subtracted;
/// 3. projection onto the directions that the sample gives;
/// 4. unit length.
///
/// For their purpose, and their effect on a real catalogue, see <doc:post-processing-embeddings>.
public struct PostProcessing: Sendable, Hashable {
    /// The steps after the power law.
    public enum Projection: Sendable, Hashable {
        /// No further step.
        case none
        /// The mean of the sample is subtracted.
        case centring
        /// Centring, then projection onto the principal components of the sample, each scaled by its variance raised to
        /// `exponent`.
        ///
        /// The exponent lies between -0.5 and 0. `dimension` is the number of components of greatest variance to keep;
        /// `nil` keeps all. An exponent of 0 keeps the variances, and -0.5 makes them equal (whitening).
        case principalComponents(dimension: Int? = nil, exponent: Double = 0)
        /// Centring, then projection onto the directions that best separate given groups of products: Fisher's linear
        /// discriminants.
        ///
        /// With the scatter W within the groups and B between them, the directions v of greatest ratio
        /// `vᵀ B v / vᵀ W' v` are kept, scaled such that `vᵀ W' v` = 1. `W' = (1 - s) W + s t I` is W shrunk toward its
        /// mean variance t by the shrinkage s. There are at most as many as there are groups, less one; all of them are
        /// kept when `dimension` is `nil`.
        case discriminants(dimension: Int? = nil, shrinkage: Double = 0.1)
    }

    package var power: Double
    package var projection: Projection

    /// Creates a plan; the settings are checked when it is fitted.
    ///
    /// - Parameters:
    ///   - power: The exponent of the power law; greater than 0 and at most 1; 1 does not change vectors, 0.5 takes
    ///     square roots.
    ///   - projection: The steps after the power law.
    public init(power: Double = 1, projection: Projection = .none) {
        self.power = power
        self.projection = projection
    }

    /// Checks the documented ranges.
    func validate() throws(RecError) {
        func check(_ isValid: Bool, _ rule: String) throws(RecError) {
            if !isValid { throw RecError(.invalidSetting, "In the plan of post-processing, the \(rule).") }
        }
        try check(power > 0 && power <= 1, "power must be greater than 0 and at most 1")
        switch projection {
        case .none, .centring: break
        case .principalComponents(let dimension, let exponent):
            try check(dimension ?? 1 > 0, "dimension must be 1 or more")
            try check((-0.5...0).contains(exponent), "exponent must be from -0.5 to 0")
        case .discriminants(let dimension, let shrinkage):
            try check(dimension ?? 1 > 0, "dimension must be 1 or more")
            try check((0...1).contains(shrinkage), "shrinkage must be from 0 to 1")
        }
    }

    /// The names and values of the steps, for a recipe.
    var fields: [Recipe.Field] {
        let law = power == 1 ? [] : [Recipe.Field(name: "power", value: "\(power)")]
        let name = "projection"
        switch projection {
        case .none: return law
        case .centring: return law + [Recipe.Field(name: name, value: "centring")]
        case .principalComponents(_, let exponent):
            return law + [Recipe.Field(name: name, value: "pca, exponent \(exponent == 0 ? 0 : exponent)")]
        case .discriminants(_, let shrinkage):
            return law + [Recipe.Field(name: name, value: "discriminants, shrinkage \(shrinkage)")]
        }
    }
}
