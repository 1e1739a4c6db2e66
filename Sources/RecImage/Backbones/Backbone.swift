public import RecCore
public import RecNetwork

/// A convolutional network whose features describe pictures, with everything needed to open weights for it.
///
/// The built-in ones are the rows of ``builtIn``. A host adds its own by making a value: a name and, for each library
/// that weights come from, the network and the names of its tensors.
///
/// ```swift
/// let tiny = Backbone(name: "tiny", variants: [
///     Backbone.Variant(naming: [.pyTorch()], preprocessing: .torchvisionV1) {
///         ResNet(block: .basic, blocks: [1, 1], width: 16).network()
///     }
/// ])
/// let model = try BackboneModel(backbone: tiny, weights: file)
/// ```
public struct Backbone: Sendable {
    /// The network as one library defines it.
    public struct Variant: Sendable {
        /// The ways in which that library's files name the tensors, the usual one first.
        package let naming: [TensorNaming]

        /// How that library prepares pictures for the network, unless it is told otherwise.
        package let preprocessing: Preprocessing

        /// Builds the network.
        package let network: @Sendable () -> Network

        /// Creates a variant.
        public init(
            naming: [TensorNaming],
            preprocessing: Preprocessing,
            network: @escaping @Sendable () -> Network
        ) {
            self.naming = naming
            self.preprocessing = preprocessing
            self.network = network
        }
    }

    /// The name as on the command line and in recipes: `resnet50`.
    public let name: String

    /// Side of the square image that the network was made for, in pixels.
    package let inputSize: Int

    /// The network as each library defines it, tried in order: the tensors of a file decide.
    package let variants: [Variant]

    /// Creates a backbone.
    ///
    /// - Precondition: There is a variant; `inputSize` is at least 1.
    public init(name: String, inputSize: Int = 224, variants: [Variant]) {
        precondition(!variants.isEmpty && inputSize > 0, "a backbone without a network")
        self.name = name
        self.inputSize = inputSize
        self.variants = variants
    }

    /// The backbone of that name.
    ///
    /// - Parameters:
    ///   - name: The name, for example `resnet50`.
    ///   - backbones: Where to look.
    /// - Returns: The first backbone of that name.
    /// - Throws: `RecError` with code `unknownBackbone`.
    public static func named(_ name: String, among backbones: [Backbone] = builtIn) throws(RecError) -> Backbone {
        guard let backbone = backbones.first(where: { $0.name == name }) else {
            let names = backbones.map(\.name).joined(separator: ", ")
            throw RecError(.unknownBackbone, "There is no backbone '\(name)'; there is: \(names).")
        }
        return backbone
    }
}
