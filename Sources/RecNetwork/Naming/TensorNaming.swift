/// How a library names the tensors of a network's layers in its weight files.
///
/// ``pyTorch(convention:moduleName:)`` serves most files.
public struct TensorNaming: Sendable {
    /// Finds parameters among tensors.
    package let rule: any NamingRule

    /// Whose naming it is.
    public var convention: WeightConvention { rule.convention }

    /// As in a PyTorch state dictionary: `layer.weight`, `layer.bias`, `layer.running_mean`, `layer.running_var`,
    /// possibly all behind one prefix such as `module.`.
    ///
    /// A convolution built as `conv1` is looked for as `conv1.weight`, and `conv1.bias` if it has a bias; a normalisation
    /// built as `bn1` as `bn1.weight`, `bn1.bias`, `bn1.running_mean` and `bn1.running_var`.
    ///
    /// - Parameters:
    ///   - convention: Whose naming it is.
    ///   - moduleName: The name of a layer of the network in the state dictionary; the same name unless said otherwise.
    /// - Returns: The naming.
    public static func pyTorch(
        convention: WeightConvention = .torchvision,
        moduleName: @escaping @Sendable (String) -> String = { $0 }
    ) -> TensorNaming {
        TensorNaming(rule: PyTorchNaming(convention: convention, moduleName: moduleName))
    }

    /// As Keras names the weights of layers with names: `conv1_conv/kernel:0` at the end of a path, also in the ways of
    /// Keras 1 and Keras 3.
    ///
    /// - Parameters:
    ///   - convention: Whose naming it is.
    ///   - layerName: The name that Keras gives a layer of the network.
    /// - Returns: The naming.
    public static func keras(
        convention: WeightConvention = .keras,
        layerName: @escaping @Sendable (String) -> String
    ) -> TensorNaming {
        TensorNaming(rule: KerasNaming(convention: convention, layerName: layerName))
    }

    /// As in Keras 3's `.weights.h5`: by class and number, `layers/conv2d_3/vars/0`, whatever the layers are called.
    ///
    /// - Parameters:
    ///   - convention: Whose naming it is.
    ///   - kerasOrder: Brings the names of the network's layers of one class, given in the order of computation, into
    ///     the order in which Keras numbers them; by default they are the same.
    /// - Returns: The naming.
    public static func kerasVariables(
        convention: WeightConvention = .keras,
        kerasOrder: @escaping @Sendable ([String]) -> [String] = { $0 }
    ) -> TensorNaming {
        TensorNaming(rule: KerasVariableNaming(convention: convention, kerasOrder: kerasOrder))
    }
}
