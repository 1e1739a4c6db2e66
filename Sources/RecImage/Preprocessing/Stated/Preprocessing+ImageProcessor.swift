internal import RecNetwork

extension Preprocessing {
    /// What an image processor of Hugging Face's transformers does, on its Pillow backend.
    ///
    /// The torchvision backend resizes with coarser weights: single bytes differ by one or two. Both crop with the
    /// remainder rounded down.
    ///
    /// - Parameters:
    ///   - json: The content of preprocessor_config.json.
    ///   - modelType: The `model_type` of config.json, which names the class where the file does not.
    /// - Returns: The preprocessing.
    /// - Throws: What cannot be followed.
    static func processor(
        stating json: StrictJSON,
        modelType: String?
    ) throws(JSONFields.Problem) -> Preprocessing? {
        let fields = JSONFields(json)
        let kind = try kind(of: fields, modelType)
        // The numbers of Pillow's filters.
        let filters: [Int: Resampling] = [0: .nearest, 1: .lanczos, 2: .bilinear, 3: .bicubic, 4: .box]
        let number = try fields.integer("resample")
        guard let filter = number == nil ? kind.filter : filters[number ?? -1] else {
            throw JSONFields.Problem("resample \(number ?? -1) is none of Pillow's filters 0 to 4")
        }
        for name in ["do_resize", "do_convert_rgb"] { try fields.require(name, true) }
        for name in ["do_pad", "rescale_offset", "do_thumbnail", "do_image_splitting"] {
            try fields.require(name, false)
        }
        var (resize, output) = try sizes(fields, kind)
        if let crop = try crop(fields, kind) {
            if case .shortSide(let side) = resize { try require(crop, within: ImageSize(width: side, height: side)) }
            if case .stretch(let size) = resize { try require(crop, within: size) }
            output = crop
        } else if case .plain = kind.rule, case .shortSide = resize {
            throw JSONFields.Problem("size has a shortest_edge and do_center_crop is false: inputs of many sizes")
        }
        return Preprocessing(
            resize: resize,
            filter: filter,
            outputSize: output,
            normalization: try normalization(fields, kind),
            cropRounding: .down
        )
    }

    private static func kind(
        of fields: JSONFields,
        _ modelType: String?
    ) throws(JSONFields.Problem) -> ImageProcessorKind {
        let newer = try fields.string("image_processor_type")
        let older = try fields.string("feature_extractor_type")
        if let name = newer ?? older {
            if let kind = ImageProcessorKind.named(name) { return kind }
            let names = ImageProcessorKind.names.joined(separator: ", ")
            throw JSONFields.Problem("image_processor_type '\(name.prefix(60))' is none of \(names)")
        }
        if let modelType, let kind = ImageProcessorKind.model(modelType) { return kind }
        throw JSONFields.Problem(
            "it has no image_processor_type, and no config.json beside it a model_type known here"
        )
    }

    private static func sizes(
        _ fields: JSONFields,
        _ kind: ImageProcessorKind
    ) throws(JSONFields.Problem) -> (Resize, ImageSize) {
        switch try size(fields, kind) {
        case .both(let size):
            if case .byFraction = kind.rule { throw JSONFields.Problem("size has no shortest_edge") }
            return (.stretch(size), size)
        case .shortSide(let side):
            let square = ImageSize(width: side, height: side)
            switch kind.rule {
            case .plain: return (.shortSide(side), square)
            case .levit: return (.shortSide(Int(256.0 / 224 * Double(side))), square)
            case .byFraction:
                guard side < 384 else { return (.stretch(square), square) }
                let fraction = try fields.fraction("crop_pct") ?? 224.0 / 256
                return (.shortSide(try JSONFields.scaled(side, by: fraction, of: "crop_pct")), square)
            }
        }
    }

    private static func size(
        _ fields: JSONFields,
        _ kind: ImageProcessorKind
    ) throws(JSONFields.Problem) -> ImageProcessorKind.Size {
        guard let value = fields.value("size") else { return kind.size }
        if let side = value.integer {
            let side = try JSONFields.side(side, of: "size")
            return kind.isSquare ? .square(side) : .shortSide(side)
        }
        if let size = try rectangle(value, of: "size") { return .both(size) }
        let size = JSONFields(value)
        guard let side = try size.integer("shortest_edge"), size.value("longest_edge") == nil else {
            throw JSONFields.Problem("size must be a number, height and width, or shortest_edge alone")
        }
        return .shortSide(try JSONFields.side(side, of: "size"))
    }

    private static func crop(
        _ fields: JSONFields,
        _ kind: ImageProcessorKind
    ) throws(JSONFields.Problem) -> ImageSize? {
        if case .byFraction = kind.rule { return nil }
        guard try fields.boolean("do_center_crop") ?? (kind.crop != nil) else { return nil }
        guard let value = fields.value("crop_size") else {
            let side = kind.crop ?? 224
            return ImageSize(width: side, height: side)
        }
        if let side = value.integer {
            let side = try JSONFields.side(side, of: "crop_size")
            return ImageSize(width: side, height: side)
        }
        guard let size = try rectangle(value, of: "crop_size") else {
            throw JSONFields.Problem("crop_size must be a number, or height and width")
        }
        return size
    }

    private static func rectangle(_ value: StrictJSON, of name: String) throws(JSONFields.Problem) -> ImageSize? {
        guard let height = value["height"]?.integer, let width = value["width"]?.integer else { return nil }
        return ImageSize(
            width: try JSONFields.side(width, of: name),
            height: try JSONFields.side(height, of: name)
        )
    }

    private static func require(_ crop: ImageSize, within size: ImageSize) throws(JSONFields.Problem) {
        guard crop.width <= size.width, crop.height <= size.height else {
            throw JSONFields.Problem(
                "crop_size \(crop) is larger than what size resizes to, so that pictures have a border"
            )
        }
    }

    private static func normalization(
        _ fields: JSONFields,
        _ kind: ImageProcessorKind
    ) throws(JSONFields.Problem) -> PixelNormalization {
        let isNormalized = try fields.boolean("do_normalize") ?? kind.isNormalized
        let isFlipped = try fields.boolean("do_flip_channel_order") ?? kind.isFlipped
        guard !(isNormalized && isFlipped) else {
            throw JSONFields.Problem("do_normalize and do_flip_channel_order are both true")
        }
        let isRescaled = try fields.boolean("do_rescale") ?? true
        let factor = try fields.number("rescale_factor") ?? 1.0 / 255
        guard !isRescaled || abs(factor * 255 - 1) < 1e-6 else {
            throw JSONFields.Problem("rescale_factor is \(factor), not 1/255")
        }
        return PixelNormalization(
            order: isFlipped ? .bgr : .rgb,
            divisor: isRescaled ? 255 : 1,
            mean: isNormalized ? try fields.channels("image_mean") ?? kind.mean : [0, 0, 0],
            deviation: isNormalized ? try fields.divisors("image_std") ?? kind.deviation : [1, 1, 1]
        )
    }
}
