/// A library's names for the tensors of a network's layers in its weight files.
///
/// ``pyTorch(moduleName:)`` serves most files.
public struct TensorNaming: Sendable {
    /// Finds parameters among tensors.
    package let rule: any NamingRule

    /// The convention of the library.
    package let convention: WeightConvention

    /// As in a PyTorch state dictionary: `layer.weight`, `layer.bias`, `layer.running_mean`, `layer.running_var`,
    /// possibly all behind one prefix such as `module.`.
    ///
    /// A convolution `conv1` has the tensors `conv1.weight`, and `conv1.bias` if it has a bias; a normalisation `bn1`
    /// has `bn1.weight`, `bn1.bias`, `bn1.running_mean` and `bn1.running_var`.
    ///
    /// - Parameter moduleName: Maps the name of a layer of the network to its name in the state dictionary; by default
    ///   the same name.
    /// - Returns: The naming.
    public static func pyTorch(
        moduleName: @escaping @Sendable (String) -> String = { $0 }
    ) -> TensorNaming {
        TensorNaming(rule: PyTorchNaming(moduleName: moduleName), convention: .torchvision)
    }

    /// As ``pyTorch(moduleName:)``, with rules for tensors that have no place in the network.
    ///
    /// - Parameters:
    ///   - rootDepth: The number of parts of a module's name below which all tensors must have a place.
    ///   - isSequence: Whether modules are numbered in one sequence.
    ///   - moduleName: Maps the name of a layer of the network to its name in the state dictionary.
    /// - Returns: The naming.
    package static func pyTorchModules(
        rootDepth: Int = 1,
        isSequence: Bool = false,
        _ moduleName: @escaping @Sendable (String) -> String
    ) -> TensorNaming {
        let rule = PyTorchNaming(rootDepth: rootDepth, isSequence: isSequence, moduleName: moduleName)
        return TensorNaming(rule: rule, convention: .torchvision)
    }

    /// As Keras names the weights of layers with names: `conv1_conv/kernel:0` at the end of a path, also in the forms
    /// of Keras 1 and Keras 3.
    ///
    /// - Parameter layerName: The name that Keras gives a layer of the network.
    /// - Returns: The naming.
    public static func keras(
        layerName: @escaping @Sendable (String) -> String
    ) -> TensorNaming {
        TensorNaming(rule: KerasNaming(layerName: layerName), convention: .keras)
    }

    /// As in Keras 3's `.weights.h5`: by class and number, `layers/conv2d_3/vars/0`, regardless of the layers' names.
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
