internal import RecNetwork

extension Preprocessing {
    /// The reason why a stated preprocessing cannot be followed, in words.
    struct Unsupported: Error {
        let reason: String
    }

    /// The preprocessing that a description of a model states; `nil` when it states none.
    ///
    /// It is what `timm.data.create_transform(**timm.data.resolve_model_data_config(model))` or the image processor of
    /// Hugging Face does: `test_input_size` and `test_crop_pct` of timm do not count.
    init?(_ configuration: ModelConfiguration) throws(Unsupported) {
        switch configuration.input {
        case .timm(let input): self = try Self.timm(input)
        case .processor(let input): self = try Self.processor(input)
        case .unstated: return nil
        }
    }

    private static func timm(_ input: ModelConfiguration.TimmInput) throws(Unsupported) -> Preprocessing {
        guard input.channels == 3 else { throw Unsupported(reason: "pictures of \(input.channels) channels") }
        guard input.height == input.width, (1...4096).contains(input.height) else {
            throw Unsupported(reason: "an input of \(input.width)x\(input.height)")
        }
        guard (0.01...1).contains(input.cropFraction) else {
            throw Unsupported(reason: "crop_pct \(input.cropFraction)")
        }
        guard let filter = Resampling(rawValue: input.interpolation) else {
            throw Unsupported(reason: "interpolation '\(input.interpolation.prefix(40))'")
        }
        let scaled = Int(Double(input.height) / input.cropFraction)
        let resize: Resize
        switch input.cropMode {
        case "center": resize = .shortSide(scaled)
        case "squash": resize = .stretch(ImageSize(width: scaled, height: scaled))
        default: throw Unsupported(reason: "crop_mode '\(input.cropMode.prefix(40))'")
        }
        return try checked(resize, filter, side: input.height, input.mean, input.deviation)
    }

    private static func processor(_ input: ModelConfiguration.ProcessorInput) throws(Unsupported) -> Preprocessing {
        // The numbers of Pillow's filters.
        let filters: [Int: Resampling] = [0: .nearest, 1: .lanczos, 2: .bilinear, 3: .bicubic, 4: .box]
        guard let filter = filters[input.resample] else { throw Unsupported(reason: "resample \(input.resample)") }
        guard abs(input.rescaleFactor * 255 - 1) < 1e-6 else {
            throw Unsupported(reason: "rescale_factor \(input.rescaleFactor)")
        }
        let mean = input.isNormalized ? input.mean : [0, 0, 0]
        let deviation = input.isNormalized ? input.deviation : [1, 1, 1]
        if input.kind.hasPrefix("ConvNext"), let side = input.shortestEdge, (1...4096).contains(side) {
            let fraction = input.cropFraction ?? 0.875
            guard (0.01...1).contains(fraction) else { throw Unsupported(reason: "crop_pct \(fraction)") }
            let resize: Resize =
                side >= 384
                ? .stretch(ImageSize(width: side, height: side)) : .shortSide(Int(Double(side) / fraction))
            return try checked(resize, filter, side: side, mean, deviation)
        }
        if let crop = input.crop, crop.height == crop.width, let side = input.shortestEdge {
            return try checked(.shortSide(side), filter, side: crop.height, mean, deviation)
        }
        if input.crop == nil, let size = input.size, size.height == size.width, (1...4096).contains(size.width) {
            let resize = Resize.stretch(ImageSize(width: size.width, height: size.height))
            return try checked(resize, filter, side: size.width, mean, deviation)
        }
        throw Unsupported(reason: "the sizes of '\(input.kind.prefix(40))'")
    }

    private static func checked(
        _ resize: Resize,
        _ filter: Resampling,
        side: Int,
        _ mean: [Double],
        _ deviation: [Double]
    ) throws(Unsupported) -> Preprocessing {
        guard (1...4096).contains(side) else { throw Unsupported(reason: "an input of \(side)x\(side)") }
        let outputSize = ImageSize(width: side, height: side)
        guard areValid(resize, outputSize) else { throw Unsupported(reason: "a side beyond 65,536") }
        let (mean, deviation) = (mean.map { Float($0) }, deviation.map { Float($0) })
        guard mean.count == 3, deviation.count == 3, mean.allSatisfy(\.isFinite),
            deviation.allSatisfy({ $0.isFinite && $0 != 0 })
        else { throw Unsupported(reason: "mean \(mean), std \(deviation)") }
        let normalization = PixelNormalization(mean: mean, deviation: deviation)
        return Preprocessing(resize: resize, filter: filter, outputSize: outputSize, normalization: normalization)
    }
}
