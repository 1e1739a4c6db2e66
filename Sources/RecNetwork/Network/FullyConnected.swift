/// A matrix product over all values of the input, called linear or dense in libraries.
///
/// Its parameters are `weight`, row-major outputs x inputs with the inputs in CHW order, and `bias`. A feature map
/// needs no flattening before it, since its order in memory is CHW.
package struct FullyConnected: Sendable, Hashable {
    /// The shape it needs; a plain vector has height and width 1.
    package let input: FeatureMapShape
    /// The number of outputs.
    package let outputs: Int

    /// Creates a layer.
    ///
    /// - Precondition: `outputs` is at least 1.
    package init(input: FeatureMapShape, outputs: Int) {
        precondition(outputs > 0, "a layer without outputs")
        self.input = input
        self.outputs = outputs
    }
}
