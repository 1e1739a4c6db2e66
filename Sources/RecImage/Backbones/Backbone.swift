public import RecCore
public import RecNetwork

/// A convolutional network for picture features, with the rules for opening its weights.
///
/// The built-in backbones are the rows of ``builtIn``. A host adds its own by creating a value: a name and, for each
/// library of weights, the network and the names of its tensors.
///
/// ```swift
/// let tiny = Backbone(name: "tiny", variants: [
///     Backbone.Variant(naming: [.pyTorch()], preprocessing: .torchvisionV1) {
///         var network = Network()
///         let x = network.convolution("conv1", network.input, outputs: 16, size: 3, stride: 2)
///         network.tap(.pooled, at: network.activation(x, .relu))
///         return network
///     }
/// ])
/// let extractor = try CNNFeatureExtractor(tiny, weights: "tiny.safetensors")
/// ```
public struct Backbone: Sendable {
    /// The network as one library defines it.
    public struct Variant: Sendable {
        /// The tensor namings in that library's files, the usual one first.
        package let naming: [TensorNaming]

        /// That library's default preprocessing of pictures for the network.
        package let preprocessing: Preprocessing

        /// Builds the network.
        package let network: @Sendable () -> Network

        /// The names by which libraries call this network, so that facts about weights can choose or refuse it; empty
        /// when any weights that fit are taken.
        package var architectures: Set<String> = []

        /// Whether the variant is chosen only when facts name it, because another has the same tensors.
        package var isOnlyIfTold = false

        /// The name in recipes where it is not that of the backbone.
        package var backboneName: String?

        /// The side of the network's square input where it is not that of the backbone, in pixels.
        package var inputSize: Int?

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

        /// Creates a variant of these names in libraries, whose input has the size of its pictures.
        init(
            _ architectures: Set<String>,
            _ naming: [TensorNaming],
            _ preprocessing: Preprocessing,
            network: @escaping @Sendable () -> Network
        ) {
            self.init(naming: naming, preprocessing: preprocessing, network: network)
            self.architectures = architectures
            inputSize = preprocessing.outputSize.width
        }

        /// Creates a variant that is chosen only when facts name it.
        init(
            onlyAs name: String,
            _ naming: [TensorNaming],
            _ preprocessing: Preprocessing,
            network: @escaping @Sendable () -> Network
        ) {
            self.init([name], naming, preprocessing, network: network)
            isOnlyIfTold = true
            backboneName = name
        }
    }

    /// The name on the command line and in recipes: `resnet50`.
    package let name: String

    /// The side of the network's square input, in pixels.
    package let inputSize: Int

    /// The network as each library defines it, in order of precedence; the first one that matches the tensors of a file
    /// is used, unless facts about the weights name another.
    package let variants: [Variant]

    /// The file of a network that comes with its weights; there are no variants then.
    package let graph: GraphFile?

    /// Creates a backbone.
    ///
    /// - Precondition: There is a variant; `inputSize` is at least 1.
    public init(name: String, inputSize: Int = 224, variants: [Variant]) {
        precondition(!variants.isEmpty && inputSize > 0, "a backbone without a network")
        self.name = name
        self.inputSize = inputSize
        self.variants = variants
        graph = nil
    }

    /// Creates the backbone of an ONNX file.
    package init(graph: GraphFile) {
        name = GraphFile.backboneName
        inputSize = graph.size?.height ?? 224
        variants = []
        self.graph = graph
    }

    /// The backbones of the variants that are otherwise chosen only when facts name them, by the names of these.
    var told: [Backbone] {
        variants.filter(\.isOnlyIfTold).map { variant in
            var own = variant
            own.isOnlyIfTold = false
            own.backboneName = nil
            return Backbone(
                name: variant.backboneName ?? name,
                inputSize: variant.inputSize ?? inputSize,
                variants: [own]
            )
        }
    }

    /// The backbone of that name.
    ///
    /// - Parameters:
    ///   - name: The name, for example `resnet50`.
    ///   - backbones: The backbones to search.
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
