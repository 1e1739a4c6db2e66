/// A source of tensors by name, for the parameters of a network.
///
/// ``WeightFile`` is one; conform your own type to read weights from elsewhere.
package protocol TensorSource: Sendable {
    /// The names of all tensors, in the order of the file.
    var tensorNames: [String] { get }

    /// The shape of a tensor, outermost dimension first, or `nil` when there is no tensor of that name.
    func shape(of name: String) -> [Int]?

    /// The elements of a tensor in row-major order, widened or rounded to `Float`.
    ///
    /// - Throws: `RecError` with code `missingTensor`, `misshapedTensor` (the element type is no number),
    ///   `corruptWeights` or `unsupportedWeights`.
    func floats(of name: String) throws -> [Float]
}
