package import RecCore
internal import RecFiles
internal import RecNetwork

/// The preprocessing that a file beside the weights states, as timm, Hugging Face's transformers or open_clip write it.
package struct StatedPreprocessing: Sendable {
    /// The files that state one, the usual one first.
    private enum Kind: String, CaseIterable {
        case timm = "config.json"
        case processor = "preprocessor_config.json"
        case nestedProcessor = "processor_config.json"
        case openCLIP = "open_clip_config.json"
    }

    private static let sizeLimit = 1 << 20

    /// The preprocessing.
    package let preprocessing: Preprocessing
    /// The path of the file that states it.
    package let path: String
    /// The name of that file.
    package let fileName: String

    /// Reads what is stated beside a weight file; `nil` when nothing is.
    ///
    /// The first of these files counts: `config.json` of timm, `preprocessor_config.json` and `processor_config.json` of
    /// transformers, `open_clip_config.json`. For weights of open_clip, named so, its own file is the first. Weights in a
    /// folder `onnx` may have the files in the folder above.
    ///
    /// - Parameter weights: The path of the weights.
    /// - Throws: `RecError` with code `invalidSetting`, which names the file and the field, when the preprocessing is not
    ///   supported or a field makes no sense; `unreadableFile` when there is a file that cannot be read.
    package init?(beside weights: String) throws(RecError) {
        let names = weights.split(separator: "/").suffix(2)
        let folder = FileSystem.folder(of: weights)
        let isOfOpenCLIP = names.last?.hasPrefix("open_clip") ?? false
        let kinds: [Kind] = isOfOpenCLIP ? [.openCLIP, .timm, .processor, .nestedProcessor] : Kind.allCases
        let isBelow = names.count == 2 && names.first == "onnx"
        for folder in isBelow ? [folder, "\(folder)/.."] : [folder] {
            let configuration = try Self.object(of: .timm, in: folder)
            for kind in kinds {
                guard let json = kind == .timm ? configuration : try Self.object(of: kind, in: folder) else { continue }
                do throws(JSONFields.Problem) {
                    guard let preprocessing = try Self.read(json, kind, configuration) else { continue }
                    self.preprocessing = preprocessing
                    path = "\(folder)/\(kind.rawValue)"
                    fileName = kind.rawValue
                    return
                } catch {
                    throw Self.unsupported("\(folder)/\(kind.rawValue)", error.text)
                }
            }
        }
        return nil
    }

    private static func read(
        _ json: StrictJSON,
        _ kind: Kind,
        _ configuration: StrictJSON?
    ) throws(JSONFields.Problem) -> Preprocessing? {
        let modelType = configuration?["model_type"]?.string
        switch kind {
        case .timm: return try .timm(stating: json)
        case .processor: return try .processor(stating: json, modelType: modelType)
        case .nestedProcessor:
            guard let processor = json["image_processor"] else { return nil }
            return try .processor(stating: processor, modelType: modelType)
        case .openCLIP: return try .openCLIP(stating: json)
        }
    }

    /// The object in a file; `nil` when there is none.
    ///
    /// Many programs write a config.json, so that one with any other content says nothing.
    private static func object(of kind: Kind, in folder: String) throws(RecError) -> StrictJSON? {
        let path = "\(folder)/\(kind.rawValue)"
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.contents(ofFile: path, limit: sizeLimit)
        } catch {
            guard !error.isNotFound, kind != .timm else { return nil }
            throw RecError(error)
        }
        do throws(StrictJSONParser.Failure) {
            let json = try StrictJSONParser.parse(bytes)
            guard json.members != nil else { throw StrictJSONParser.Failure("it is not an object", at: 0) }
            return json
        } catch {
            guard kind != .timm else { return nil }
            throw unsupported(path, "it is not as expected, \(error.reason) at byte \(error.position)")
        }
    }

    private static func unsupported(_ path: String, _ reason: String) -> RecError {
        RecError(
            .invalidSetting,
            path: path,
            "It states a preprocessing that cannot be followed: \(reason). State one: --preprocessing of rec-demo, "
                + "ExtractionSettings.preprocessing in code; by name, such as clip, or in full, such as "
                + "'\(Preprocessing.clip())'."
        )
    }
}
