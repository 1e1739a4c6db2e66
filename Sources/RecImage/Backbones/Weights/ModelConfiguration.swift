internal import RecFiles
internal import RecNetwork

/// The description of a model that timm and Hugging Face write beside its weights, `config.json`: which network it is.
struct ModelConfiguration: Sendable {
    private static let sizeLimit = 1 << 20

    /// The name of the network; `nil` when the description does not dispute one that fits.
    let architecture: String?

    /// Reads the description in the folder of a weight file; `nil` when there is none of these libraries.
    init?(beside weights: String) {
        let path = "\(FileSystem.folder(of: weights))/config.json"
        guard let bytes = try? FileSystem.contents(ofFile: path, limit: Self.sizeLimit),
            let json = try? StrictJSONParser.parse(bytes)
        else { return nil }
        if let name = json["architecture"]?.string {
            architecture = name
        } else if json["model_type"]?.string == "resnet" {
            architecture = Self.difference(json)
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
}
