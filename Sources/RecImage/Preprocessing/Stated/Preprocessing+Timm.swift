internal import RecNetwork

extension Preprocessing {
    /// What `timm.data.create_transform(**timm.data.resolve_model_data_config(model))` does, as config.json states it;
    /// `nil` for a config.json of another library.
    ///
    /// `test_input_size` and `test_crop_pct` do not count, as in timm.
    static func timm(stating json: StrictJSON) throws(JSONFields.Problem) -> Preprocessing? {
        guard json["architecture"]?.string != nil else { return nil }
        let fields = JSONFields(json["pretrained_cfg"] ?? json)
        let size = try timmInput(fields)
        let fraction = try fields.fraction("crop_pct") ?? 0.875
        let name = try fields.string("interpolation") ?? "bicubic"
        guard let filter = Resampling(rawValue: name) else {
            let names = Resampling.allCases.map(\.rawValue).joined(separator: ", ")
            throw JSONFields.Problem("interpolation '\(name.prefix(40))' is none of \(names)")
        }
        let scaled = ImageSize(
            width: try JSONFields.scaled(size.width, by: fraction, of: "crop_pct"),
            height: try JSONFields.scaled(size.height, by: fraction, of: "crop_pct")
        )
        let resize: Resize
        switch try fields.string("crop_mode") ?? "center" {
        case "center":
            guard size.width == size.height else {
                throw JSONFields.Problem("input_size \(size) is not square, which crop_mode 'center' would need")
            }
            resize = .shortSide(scaled.width)
        case "squash": resize = .stretch(scaled)
        case let mode: throw JSONFields.Problem("crop_mode '\(mode.prefix(40))' is neither center nor squash")
        }
        return Preprocessing(
            resize: resize,
            filter: filter,
            outputSize: size,
            normalization: PixelNormalization(
                mean: try fields.channels("mean") ?? PixelNormalization.imageNet.mean,
                deviation: try fields.divisors("std") ?? PixelNormalization.imageNet.deviation
            )
        )
    }

    private static func timmInput(_ fields: JSONFields) throws(JSONFields.Problem) -> ImageSize {
        guard let value = fields.value("input_size") else { return ImageSize(width: 224, height: 224) }
        guard let sides = value.integers, sides.count == 3 else {
            throw JSONFields.Problem("input_size must be three whole numbers")
        }
        guard sides[0] == 3 else { throw JSONFields.Problem("input_size has \(sides[0]) channels, not 3") }
        return ImageSize(
            width: try JSONFields.side(sides[2], of: "input_size"),
            height: try JSONFields.side(sides[1], of: "input_size")
        )
    }
}
