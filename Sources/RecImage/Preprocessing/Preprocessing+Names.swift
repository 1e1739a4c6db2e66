package import RecCore

extension Preprocessing {
    /// The presets by the names that `rec-demo --preprocessing` takes, in the order in which they are listed.
    package static let named: [(name: String, preprocessing: Preprocessing)] = [
        ("torchvision-v1", .torchvisionV1),
        ("torchvision-v2", .torchvisionV2),
        ("keras-caffe", .kerasCaffe),
        ("efficientnet-lite0", .efficientNetLite0),
        ("timm", .timm()),
        ("timm-0.95", .timm(cropFraction: 0.95)),
        ("timm-288", .timm(size: 288, cropFraction: 1)),
        ("timm-inception", .timm(normalization: .inception)),
        ("vgg-features", .vggFeatures),
    ]

    /// The name of the preset, if it is one.
    package var name: String? { Self.named.first { $0.preprocessing == self }?.name }

    /// The preset of a name, or the preprocessing that a recipe describes.
    ///
    /// - Throws: `RecError` with code `invalidSetting`, whose message lists the names.
    package init(named name: String) throws(RecError) {
        if let preset = Self.named.first(where: { $0.name == name }) {
            self = preset.preprocessing
        } else if let described = Preprocessing(name) {
            self = described
        } else {
            let names = Self.named.map(\.name).joined(separator: ", ")
            throw RecError(
                .invalidSetting,
                "There is no preprocessing '\(name)'; there is: \(names), or the text of a recipe, such as "
                    + "'\(Preprocessing.torchvisionV2)'."
            )
        }
    }
}
