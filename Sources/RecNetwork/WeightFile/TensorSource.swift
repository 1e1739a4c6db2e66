package import RecCore

/// A source of tensors by name, for the parameters of a network.
///
/// ``WeightFile`` is one; conform your own type to read weights from elsewhere.
package protocol TensorSource: Sendable {
    /// The names of all tensors, in the order of the file.
    var tensorNames: [String] { get }

    /// The shape of a tensor, outermost dimension first, or `nil` when there is no tensor of that name, or none that can
    /// be read.
    func shape(of name: String) -> [Int]?

    /// The elements of a tensor in row-major order, widened or rounded to `Float`.
    ///
    /// - Throws: `RecError` with code `missingTensor`, `misshapedTensor` (the element type is no number),
    ///   `corruptWeights` or `unsupportedWeights`.
    func floats(of name: String) throws -> [Float]

    /// The reason why a tensor that is there cannot be read; `nil` for all others.
    func obstacle(to name: String) -> RecError?

    /// Whether two tensors are known to hold the same numbers without reading them.
    func areOne(_ first: String, _ second: String) -> Bool
}

extension TensorSource {
    /// All tensors can be read.
    package func obstacle(to name: String) -> RecError? { nil }

    /// Nothing is known.
    package func areOne(_ first: String, _ second: String) -> Bool { false }
}
