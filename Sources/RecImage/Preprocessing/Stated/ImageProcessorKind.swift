/// A class of image processors of Hugging Face's transformers: the values of fields that a file leaves out.
struct ImageProcessorKind {
    /// What an image processor resizes to.
    enum Size {
        /// The short side.
        case shortSide(Int)
        /// Both sides.
        case both(ImageSize)

        static func square(_ side: Int) -> Size { .both(ImageSize(width: side, height: side)) }
    }

    /// What becomes of the stated size.
    enum Rule {
        /// It is taken as it is.
        case plain
        /// Below 384 the short side is resized to size / crop_pct and the middle is cropped; from 384 on both sides are.
        case byFraction
        /// The short side is resized to 256/224 of it.
        case levit
    }

    var filter = Resampling.bicubic
    var mean: [Float] = [0.5, 0.5, 0.5]
    var deviation: [Float] = [0.5, 0.5, 0.5]
    var size = Size.square(224)
    /// Whether a size that is one number means both sides.
    var isSquare = true
    var rule = Rule.plain
    /// The side of the crop; `nil` when nothing is cropped unless the file says so.
    var crop: Int?
    var isNormalized = true
    var isFlipped = false

    private static let clip = ImageProcessorKind(
        mean: PixelNormalization.clip.mean,
        deviation: PixelNormalization.clip.deviation,
        size: .shortSide(224),
        isSquare: false,
        crop: 224
    )
    private static let vit = ImageProcessorKind(filter: .bilinear)
    private static let siglip = ImageProcessorKind(isSquare: false)
    private static let convNeXt = ImageProcessorKind(size: .shortSide(384), isSquare: false, rule: .byFraction)
    private static let deit = ImageProcessorKind(size: .square(256), crop: 224)
    private static let mobileNet = ImageProcessorKind(
        filter: .bilinear,
        size: .shortSide(256),
        isSquare: false,
        crop: 224
    )
    private static let mobileViT = ImageProcessorKind(
        size: .shortSide(224),
        isSquare: false,
        crop: 256,
        isNormalized: false,
        isFlipped: true
    )
    private static let levit = ImageProcessorKind(
        mean: PixelNormalization.imageNet.mean,
        deviation: PixelNormalization.imageNet.deviation,
        size: .shortSide(224),
        isSquare: false,
        rule: .levit,
        crop: 224
    )
    private static let pvt = ImageProcessorKind(
        mean: PixelNormalization.imageNet.mean,
        deviation: PixelNormalization.imageNet.deviation
    )

    /// The classes by their names, without the suffix "ImageProcessor".
    private static let kinds: [String: ImageProcessorKind] = [
        "CLIP": clip, "ChineseCLIP": clip, "Bit": clip, "ViT": vit, "Siglip": siglip, "ConvNext": convNeXt,
        "DeiT": deit, "Beit": ImageProcessorKind(), "MobileNetV1": mobileNet, "MobileNetV2": mobileNet,
        "MobileViT": mobileViT, "Levit": levit, "Pvt": pvt,
    ]

    /// The class for a `model_type`, where the file does not name one.
    private static let models: [String: String] = [
        "clip": "CLIP", "clip_vision_model": "CLIP", "metaclip_2": "CLIP", "chinese_clip": "ChineseCLIP",
        "dinov2": "Bit", "dinov2_with_registers": "Bit", "bit": "Bit", "focalnet": "Bit", "hiera": "Bit",
        "vit": "ViT", "vit_mae": "ViT", "vit_msn": "ViT", "swin": "ViT", "swinv2": "ViT", "ijepa": "ViT",
        "siglip": "Siglip", "siglip_vision_model": "Siglip", "resnet": "ConvNext", "regnet": "ConvNext",
        "convnext": "ConvNext", "convnextv2": "ConvNext", "cvt": "ConvNext", "deit": "DeiT", "beit": "Beit",
        "data2vec-vision": "Beit", "mobilenet_v1": "MobileNetV1", "mobilenet_v2": "MobileNetV2",
        "mobilevit": "MobileViT", "mobilevitv2": "MobileViT", "levit": "Levit", "pvt": "Pvt", "pvt_v2": "Pvt",
    ]

    /// The class of a name: "CLIPImageProcessor", "CLIPImageProcessorFast" and "CLIPFeatureExtractor" are one.
    static func named(_ name: String) -> ImageProcessorKind? {
        for suffix in ["ImageProcessorFast", "ImageProcessorPil", "ImageProcessor", "FeatureExtractor"]
        where name.hasSuffix(suffix) {
            return kinds[String(name.dropLast(suffix.count))]
        }
        return nil
    }

    /// The class that transformers takes for a kind of model.
    static func model(_ type: String) -> ImageProcessorKind? { models[type].flatMap { kinds[$0] } }

    /// The names that ``named(_:)`` knows, in order.
    static var names: [String] { kinds.keys.sorted().map { "\($0)ImageProcessor" } }
}
