internal import RecFiles

/// The description of a model that timm and Hugging Face write beside its weights: `config.json`, and
/// `preprocessor_config.json` of Hugging Face.
package struct ModelConfiguration: Sendable {
    /// How pictures are prepared, as timm says it.
    package struct TimmInput: Sendable {
        package var channels = 3
        package var height = 224
        package var width = 224
        package var cropFraction = 0.875
        package var cropMode = "center"
        package var interpolation = "bicubic"
        package var mean = [0.485, 0.456, 0.406]
        package var deviation = [0.229, 0.224, 0.225]
    }

    /// How pictures are prepared, as an image processor of Hugging Face says it.
    package struct ProcessorInput: Sendable {
        /// The class: "ConvNextImageProcessor".
        package var kind = ""
        package var shortestEdge: Int?
        package var size: (height: Int, width: Int)?
        package var crop: (height: Int, width: Int)?
        package var cropFraction: Double?
        package var resample = 3
        package var isNormalized = true
        package var rescaleFactor = 1.0 / 255
        package var mean = [0.485, 0.456, 0.406]
        package var deviation = [0.229, 0.224, 0.225]
    }

    /// Where pictures' preparation is stated, if it is.
    package enum Input: Sendable {
        case timm(TimmInput)
        case processor(ProcessorInput)
        case unstated
    }

    private static let sizeLimit = 1 << 20

    /// The path of config.json.
    package let path: String
    /// The name of the network; `nil` when the description does not dispute one that fits.
    package let architecture: String?
    /// How pictures are prepared.
    package let input: Input

    /// Reads the description in the folder of a weight file; `nil` when there is none of these libraries.
    package init?(beside weights: String) {
        let folder = FileSystem.folder(of: weights)
        path = "\(folder)/config.json"
        guard let json = Self.object(at: path) else { return nil }
        if let name = json["architecture"]?.string {
            architecture = name
            input = .timm(TimmInput(json["pretrained_cfg"] ?? json))
        } else if json["model_type"]?.string == "resnet" {
            architecture = Self.difference(json)
            input =
                Self.object(at: "\(folder)/preprocessor_config.json").map { .processor(ProcessorInput($0)) }
                ?? .unstated
        } else {
            return nil
        }
    }

    /// What Hugging Face's ResNet has in another way than torchvision's, with the same tensors.
    private static func difference(_ json: StrictJSON) -> String? {
        if json["downsample_in_bottleneck"]?.boolean == true { return "resnet with downsample_in_bottleneck" }
        if json["downsample_in_first_stage"]?.boolean == true { return "resnet with downsample_in_first_stage" }
        if let activation = json["hidden_act"]?.string, activation != "relu" { return "resnet with \(activation)" }
        return nil
    }

    private static func object(at path: String) -> StrictJSON? {
        guard let bytes = try? FileSystem.contents(ofFile: path, limit: sizeLimit),
            let json = try? StrictJSONParser.parse(bytes), json.members != nil
        else { return nil }
        return json
    }
}

extension ModelConfiguration.TimmInput {
    init(_ json: StrictJSON) {
        if let size = json["input_size"]?.integers, size.count == 3 {
            (channels, height, width) = (size[0], size[1], size[2])
        }
        cropFraction = json["crop_pct"]?.number ?? cropFraction
        cropMode = json["crop_mode"]?.string ?? cropMode
        interpolation = json["interpolation"]?.string ?? interpolation
        mean = json["mean"]?.numbers ?? mean
        deviation = json["std"]?.numbers ?? deviation
    }
}

extension ModelConfiguration.ProcessorInput {
    init(_ json: StrictJSON) {
        kind = json["image_processor_type"]?.string ?? json["feature_extractor_type"]?.string ?? ""
        shortestEdge = json["size"]?.integer ?? json["size"]?["shortest_edge"]?.integer
        size = Self.rectangle(json["size"])
        if json["do_center_crop"]?.boolean == true {
            crop = Self.rectangle(json["crop_size"]) ?? json["crop_size"]?.integer.map { ($0, $0) }
        }
        cropFraction = json["crop_pct"]?.number
        resample = json["resample"]?.integer ?? resample
        isNormalized = json["do_normalize"]?.boolean ?? true
        rescaleFactor = json["do_rescale"]?.boolean == false ? 1 : json["rescale_factor"]?.number ?? rescaleFactor
        mean = json["image_mean"]?.numbers ?? mean
        deviation = json["image_std"]?.numbers ?? deviation
    }

    private static func rectangle(_ json: StrictJSON?) -> (height: Int, width: Int)? {
        guard let height = json?["height"]?.integer, let width = json?["width"]?.integer else { return nil }
        return (height, width)
    }
}
