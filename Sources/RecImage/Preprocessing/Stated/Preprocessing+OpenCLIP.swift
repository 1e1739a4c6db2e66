internal import RecNetwork

extension Preprocessing {
    /// What `open_clip.create_model_and_transforms` does in evaluation, as open_clip_config.json states it.
    static func openCLIP(stating json: StrictJSON) throws(JSONFields.Problem) -> Preprocessing? {
        let fields = JSONFields(json)
        guard fields.value("model_cfg") != nil || fields.value("preprocess_cfg") != nil else { return nil }
        let stated = fields.object("preprocess_cfg")
        let tower = fields.object("model_cfg").object("vision_cfg")
        let own = try openCLIPSize(stated, "size")
        let towers = try openCLIPSize(tower, "image_size")
        let size = own ?? towers ?? ImageSize(width: 224, height: 224)
        let filter: Resampling
        switch try stated.string("interpolation") ?? "bicubic" {
        case "bicubic", "random": filter = .bicubic
        case "bilinear": filter = .bilinear
        case let name: throw JSONFields.Problem("interpolation '\(name.prefix(40))' is neither bicubic nor bilinear")
        }
        let resize: Resize
        switch try stated.string("resize_mode") ?? "shortest" {
        case "shortest":
            guard size.width == size.height else {
                throw JSONFields.Problem("size \(size) is not square, which resize_mode 'shortest' would need")
            }
            resize = .shortSide(size.width)
        case "squash": resize = .stretch(size)
        case let mode: throw JSONFields.Problem("resize_mode '\(mode.prefix(40))' is neither shortest nor squash")
        }
        return Preprocessing(
            resize: resize,
            filter: filter,
            outputSize: size,
            normalization: PixelNormalization(
                mean: try stated.channels("mean") ?? PixelNormalization.clip.mean,
                deviation: try stated.divisors("std") ?? PixelNormalization.clip.deviation
            )
        )
    }

    /// A side, or height and width.
    private static func openCLIPSize(_ fields: JSONFields, _ name: String) throws(JSONFields.Problem) -> ImageSize? {
        guard let value = fields.value(name) else { return nil }
        guard let sides = value.integers ?? value.integer.map({ [$0, $0] }), sides.count == 2 else {
            throw JSONFields.Problem("\(name) must be one or two whole numbers")
        }
        return ImageSize(
            width: try JSONFields.side(sides[1], of: name),
            height: try JSONFields.side(sides[0], of: name)
        )
    }
}
