/// Tensors by name: what a network's parameters are read from.
///
/// ``WeightFile`` is one; conform a type of your own to bring weights from elsewhere.
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
