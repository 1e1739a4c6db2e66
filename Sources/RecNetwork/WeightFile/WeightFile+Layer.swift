extension WeightFile {
    /// One layer of a Keras file with its tensors in Keras's order: kernel, bias, or gamma, beta, moving mean, variance.
    package struct Layer: Sendable, Hashable {
        /// The layer's name in the model: "conv2_block1_1_conv".
        ///
        /// In `.weights.h5` files of Keras versions that did not record names, this is the last component of ``group``,
        /// which counts layers of one class in the order of the model: "conv2d", "conv2d_1".
        package let name: String

        /// The path of the layer's group in the file: "model_weights/conv1_conv", "layers/conv2d_3".
        package let group: String

        /// The names of the layer's tensors in the file, in the order in which Keras assigns them.
        package let tensorNames: [String]
    }
}
