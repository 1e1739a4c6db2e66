/// How a library names the tensors of a network's layers in its weight files.
///
/// ``pyTorch(moduleName:)`` serves most files.
public struct TensorNaming: Sendable {
    /// Finds parameters among tensors.
    package let rule: any NamingRule

    /// Whose naming it is.
    package let convention: WeightConvention

    /// As in a PyTorch state dictionary: `layer.weight`, `layer.bias`, `layer.running_mean`, `layer.running_var`,
    /// possibly all behind one prefix such as `module.`.
    ///
    /// A convolution built as `conv1` is looked for as `conv1.weight`, and `conv1.bias` if it has a bias; a normalisation
    /// built as `bn1` as `bn1.weight`, `bn1.bias`, `bn1.running_mean` and `bn1.running_var`.
    ///
    /// - Parameter moduleName: The name of a layer of the network in the state dictionary; the same name unless said otherwise.
    /// - Returns: The naming.
    public static func pyTorch(
        moduleName: @escaping @Sendable (String) -> String = { $0 }
    ) -> TensorNaming {
        TensorNaming(rule: PyTorchNaming(moduleName: moduleName), convention: .torchvision)
    }

    /// As Keras names the weights of layers with names: `conv1_conv/kernel:0` at the end of a path, also in the ways of
    /// Keras 1 and Keras 3.
    ///
    /// - Parameter layerName: The name that Keras gives a layer of the network.
    /// - Returns: The naming.
    public static func keras(
        layerName: @escaping @Sendable (String) -> String
    ) -> TensorNaming {
        TensorNaming(rule: KerasNaming(layerName: layerName), convention: .keras)
    }

    /// As in Keras 3's `.weights.h5`: by class and number, `layers/conv2d_3/vars/0`, whatever the layers are called.
    ///
    /// - Parameter kerasOrder: Brings the names of the network's layers of one class, given in the order of computation,
    ///   into the order in which Keras numbers them; by default they are the same.
    /// - Returns: The naming.
    package static func kerasVariables(
        kerasOrder: @escaping @Sendable ([String]) -> [String] = { $0 }
    ) -> TensorNaming {
        TensorNaming(rule: KerasVariableNaming(kerasOrder: kerasOrder), convention: .keras)
    }

    /// The same names, as the naming of another library.
    package func of(_ convention: WeightConvention) -> TensorNaming {
        TensorNaming(rule: rule, convention: convention)
    }
}
