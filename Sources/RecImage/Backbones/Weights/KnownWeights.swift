/// A published file of weights: its network, and how its pictures were prepared.
struct KnownWeights: Sendable {
    /// The name of the network in timm or torchvision.
    let architecture: String
    /// The preprocessing that its library gives for it.
    let preprocessing: Preprocessing
    /// The name of the weights: "torchvision's resnet50 IMAGENET1K_V2".
    let title: String

    /// Creates a row.
    init(_ architecture: String, _ preprocessing: Preprocessing, _ title: String) {
        self.architecture = architecture
        self.preprocessing = preprocessing
        self.title = title
    }

    /// The published file with a digest, if it is known.
    ///
    /// - Parameter sha256: The SHA-256 of the content in lower-case hexadecimal.
    /// - Returns: The file, or `nil` when the digest is not known.
    static func file(sha256: String) -> KnownWeights? { table[String(sha256.prefix(8))] }
}
