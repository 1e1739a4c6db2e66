#if PNG
/// The colours of the samples of a PNG with gray or a palette, and its transparent colour.
struct PNGColors {
    /// Red, green, blue and alpha of each sample, one after another; gray of 16 bits has been clipped to 255.
    let table: [UInt8]

    /// The transparent colour of RGB.
    let key: [UInt8]?

    /// Whether pixels can be transparent.
    let hasAlpha: Bool

    init(_ file: PNGFile) {
        let header = file.header
        switch header.colorType {
        case .gray:
            let key = file.transparency.map { Self.grayKey($0, bitDepth: header.bitDepth) }
            table = Self.gray(bitDepth: header.bitDepth).flatMap { [$0, $0, $0, $0 == key ? 0 : 255] }
            self.key = nil
            hasAlpha = key != nil
        case .palette:
            let colors = file.palette
            let alphas = file.transparency ?? []
            table = (0..<256).flatMap { index in
                let isThere = 3 * index + 2 < colors.count
                return (0..<3).map { isThere ? colors[3 * index + $0] : 0 }
                    + [index < alphas.count ? alphas[index] : 255]
            }
            key = nil
            hasAlpha = file.transparency != nil
        case .rgb:
            table = []
            key = file.transparency.map { bytes in [1, 3, 5].map { bytes[$0] } }
            hasAlpha = key != nil
        case .grayAlpha, .rgba:
            table = []
            key = nil
            hasAlpha = true
        }
    }

    /// The gray of each sample.
    private static func gray(bitDepth: UInt8) -> [UInt8] {
        let greatest = bitDepth >= 8 ? 255 : 1 << Int(bitDepth) - 1
        return (0...greatest).map { UInt8($0 * 255 / greatest) }
    }

    /// The gray of 8 bits that is transparent.
    private static func grayKey(_ bytes: [UInt8], bitDepth: UInt8) -> UInt8 {
        if bitDepth == 1 { return bytes[0] == 0 && bytes[1] == 0 ? 0 : 255 }
        return bytes[1]
    }
}
#endif
