/// The conversion of bytes to the numbers that a network was trained on.
///
/// Each value is `((byte / divisor) - mean) / deviation` in single precision, in this order of operations, which is
/// that of torchvision's `ToTensor` and `Normalize`; divisors and deviations of one change nothing.
public struct PixelNormalization: Sendable, Hashable {
    /// The order of the channels.
    public enum ChannelOrder: String, Sendable, Hashable, CaseIterable {
        /// Red, green, blue.
        case rgb
        /// Blue, green, red.
        case bgr
    }

    /// The order of the channels.
    package let order: ChannelOrder

    /// The divisor of the bytes.
    package let divisor: Float

    /// The mean to subtract, for each channel in ``order``.
    package let mean: [Float]

    /// The divisor of the difference, for each channel in ``order``.
    package let deviation: [Float]

    /// Creates a normalisation.
    ///
    /// - Precondition: `mean` and `deviation` have three elements; no divisor is zero; all numbers are finite.
    public init(order: ChannelOrder = .rgb, divisor: Float = 255, mean: [Float], deviation: [Float]) {
        precondition(mean.count == 3 && deviation.count == 3, "there are three channels")
        precondition(
            ([divisor] + deviation).allSatisfy { $0.isFinite && $0 != 0 } && mean.allSatisfy(\.isFinite),
            "a divisor is zero or a number is not finite"
        )
        self.order = order
        self.divisor = divisor
        self.mean = mean
        self.deviation = deviation
    }

    /// The means and deviations of ImageNet, which torchvision and most of timm use.
    public static let imageNet = PixelNormalization(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

    /// Inception's: -1 to 1.
    package static let inception = PixelNormalization(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])

    /// From 0 to 1.
    package static let unit = PixelNormalization(mean: [0, 0, 0], deviation: [1, 1, 1])

    /// CLIP's, by OpenAI.
    package static let clip = PixelNormalization(
        mean: [0.481_454_66, 0.457_827_5, 0.408_210_73],
        deviation: [0.268_629_54, 0.261_302_58, 0.275_777_11]
    )

    /// Keras's `tf` mode: -1 to 1, with other rounding than ``inception``.
    package static let kerasTF = PixelNormalization(divisor: 127.5, mean: [1, 1, 1], deviation: [1, 1, 1])

    /// The bytes as they are, for networks that scale them themselves.
    package static let bytes = PixelNormalization(divisor: 1, mean: [0, 0, 0], deviation: [1, 1, 1])

    /// Keras's `caffe` mode: blue, green, red, mean subtracted, not scaled.
    package static let caffe = PixelNormalization(
        order: .bgr,
        divisor: 1,
        mean: [103.939, 116.779, 123.68],
        deviation: [1, 1, 1]
    )

    /// EfficientNet-Lite's: (value - 127) / 128.
    package static let efficientNetLite = PixelNormalization(
        divisor: 1,
        mean: [127, 127, 127],
        deviation: [128, 128, 128]
    )

    /// For each channel the source channel of an RGB picture.
    var channels: [UInt8] { order == .rgb ? [0, 1, 2] : [2, 1, 0] }

    /// For each channel the values of the 256 bytes.
    var tables: [Float] {
        (0..<3).flatMap { plane in
            (0..<256).map { byte in (Float(byte) / divisor - mean[plane]) / deviation[plane] }
        }
    }
}
