public import RecCore

extension Preprocessing {
    /// The presets by the names that `rec-demo --preprocessing` takes, in the order in which they are listed.
    package static let named: [(name: String, preprocessing: Preprocessing)] = [
        ("torchvision-v1", .torchvisionV1),
        ("torchvision-v2", .torchvisionV2),
        ("torchvision", .torchvisionV1),
        ("clip", .clip()),
        ("siglip", .siglip()),
        ("timm", .timm()),
        ("timm-0.95", .timm(cropFraction: 0.95)),
        ("timm-288", .timm(size: 288, cropFraction: 1)),
        ("timm-inception", .timm(normalization: .inception)),
        ("dinov2", .timm()),
        ("keras-caffe", .kerasCaffe),
        ("keras-tf", .keras(.kerasTF)),
        ("keras-torch", .keras(.imageNet)),
        ("keras-raw", .keras(.bytes)),
        ("efficientnet-lite0", .efficientNetLite0),
        ("efficientnet-lite1", .efficientNetLite(size: 240)),
        ("efficientnet-lite2", .efficientNetLite(size: 260)),
        ("vgg-features", .vggFeatures),
    ]

    /// The presets whose name may be followed by a side, as in `clip-336`.
    private static let sized: [(name: String, preprocessing: @Sendable (Int) -> Preprocessing)] = [
        ("clip", { .clip(size: $0) }),
        ("siglip", { .siglip(size: $0) }),
        ("keras-caffe", { .keras(.caffe, size: $0) }),
        ("keras-tf", { .keras(.kerasTF, size: $0) }),
        ("keras-torch", { .keras(.imageNet, size: $0) }),
        ("keras-raw", { .keras(.bytes, size: $0) }),
    ]

    /// The name of the preset, if it is one.
    package var name: String? { Self.named.first { $0.preprocessing == self }?.name }

    /// The preset of a name, or the preprocessing that a recipe describes.
    ///
    /// Names are `torchvision`, `torchvision-v2`, `clip`, `siglip`, `timm`, `dinov2`, `keras-caffe`, `keras-tf`,
    /// `keras-torch` and others, which the error about an unknown name lists. Those of CLIP, SigLIP and Keras may be
    /// followed by a side other than 224: `clip-336`, `siglip-384`, `keras-tf-160`.
    ///
    /// - Throws: `RecError` with code `invalidSetting`, whose message lists the names.
    public init(named name: String) throws(RecError) {
        if let preset = Self.named.first(where: { $0.name == name }) {
            self = preset.preprocessing
        } else if let sized = Self.sized(name) {
            self = sized
        } else if let described = Preprocessing(name) {
            self = described
        } else {
            let names = Self.named.map(\.name).joined(separator: ", ")
            let sized = Self.sized.map(\.name).joined(separator: ", ")
            throw RecError(
                .invalidSetting,
                "There is no preprocessing '\(name.prefix(80))'; there is: \(names); \(sized) followed by a side from 1 to "
                    + "4096, as in clip-336; or the text of a recipe, such as '\(Preprocessing.torchvisionV2)'."
            )
        }
    }

    private static func sized(_ name: String) -> Preprocessing? {
        for (family, preprocessing) in sized {
            guard let side = name[...].dropping(prefix: family + "-").flatMap({ Int($0) }), (1...4096).contains(side)
            else { continue }
            return preprocessing(side)
        }
        return nil
    }
}
