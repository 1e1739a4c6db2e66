/// What is known of weights beyond their tensors: networks that compute different things may have the same tensors, and
/// no tensor says how pictures were prepared.
package struct WeightFacts: Sendable {
    /// The name of the network in timm or torchvision, without a tag: "resnetblur50"; `nil` when only the preprocessing
    /// is known.
    package let architecture: String?
    /// The preprocessing of pictures that the weights were made with, if known.
    package let preprocessing: Preprocessing?
    /// Where this is from, as the subject of a sentence: "config.json beside the weights".
    package let origin: String

    /// Creates facts.
    package init(architecture: String?, preprocessing: Preprocessing?, origin: String) {
        self.architecture = architecture
        self.preprocessing = preprocessing
        self.origin = origin
    }
}
