package import RecCore
internal import RecFiles
package import RecNetwork

/// The ranges of a network's maps, in a file beside its weights: `NAME.int8.json` beside `NAME`.
///
/// Docs/FewerBits.md describes the format. The file may come from anyone: it is read up to a size, and every number is
/// checked.
package struct RangesFile: Sendable {
    /// Bytes of the file at most.
    private static let sizeLimit = 4 << 20
    /// The only version that is known.
    package static let version = 1

    /// The path of the file.
    package let path: String
    /// The SHA-256 of the weights that it is for.
    package let weights: String
    /// The layer that features are taken from.
    package let layer: FeatureLayer
    /// The ranges, and the layers that stay in floats.
    package let ranges: ActivationRanges
    /// The SHA-256 of the file.
    package let digest: String

    /// Where the ranges of some weights are.
    package static func path(beside weights: String) -> String { weights + ".int8.json" }

    /// Reads the ranges beside a weight file.
    ///
    /// - Throws: `RecError` with code `invalidRanges`, which names the field, `fileNotFound` or `unreadableFile`.
    package init(beside weights: String) throws(RecError) {
        let path = Self.path(beside: weights)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.contents(ofFile: path, limit: Self.sizeLimit)
            digest = try MappedFile(path: path).sha256
        } catch {
            guard !error.isTooLarge else { throw Self.invalid(path, "it is larger than 4 MiB") }
            guard !error.isNotFound else {
                throw RecError(
                    .fileNotFound,
                    path: path,
                    "Arithmetic in bytes needs the ranges of the network's maps; 'rec-demo calibrate' writes them."
                )
            }
            throw RecError(error)
        }
        let json: StrictJSON
        do throws(StrictJSONParser.Failure) {
            json = try StrictJSONParser.parse(bytes)
        } catch {
            throw Self.invalid(path, "\(error.reason) at byte \(error.position)")
        }
        self.path = path
        do throws(JSONFields.Problem) {
            guard json.members != nil else { throw JSONFields.Problem("it is not an object") }
            let fields = JSONFields(json)
            guard try fields.integer("version") == Self.version else {
                throw JSONFields.Problem("version is not \(Self.version), the only one that is known")
            }
            guard let weights = try fields.string("weights") else { throw JSONFields.Problem("weights are missing") }
            self.weights = weights
            layer = FeatureLayer(rawValue: try fields.string("layer") ?? FeatureLayer.pooled.rawValue)
            ranges = ActivationRanges(ranges: try Self.ranges(json), floatLayers: try Self.floatLayers(json))
        } catch {
            throw Self.invalid(path, error.text)
        }
    }

    /// Checks that the ranges are for some weights and a layer.
    ///
    /// - Throws: `RecError` with code `invalidRanges`.
    func check(weights identity: String, layer: FeatureLayer) throws(RecError) {
        guard weights == identity else { throw Self.invalid(path, "it is for other weights, with SHA-256 \(weights)") }
        guard self.layer == layer else {
            throw Self.invalid(path, "it is for layer '\(self.layer.rawValue)', not '\(layer.rawValue)'")
        }
    }

    private static func ranges(_ json: StrictJSON) throws(JSONFields.Problem) -> [String: ActivationRange] {
        guard let members = json["ranges"]?.members else { throw JSONFields.Problem("ranges must be an object") }
        var ranges: [String: ActivationRange] = [:]
        for (name, value) in members {
            let numbers = value.numbers?.map { Float($0) } ?? []
            guard numbers.count == 2, numbers.allSatisfy(\.isFinite), numbers[0] <= 0, numbers[1] >= 0,
                (numbers[1] - numbers[0]).isFinite
            else {
                throw JSONFields.Problem(
                    "the range of '\(name.prefix(80))' must be two finite numbers, the first at most 0, the second at least 0"
                )
            }
            ranges[name] = ActivationRange(low: numbers[0], high: numbers[1])
        }
        return ranges
    }

    private static func floatLayers(_ json: StrictJSON) throws(JSONFields.Problem) -> Set<String> {
        guard let value = json["floats"] else { return [] }
        guard case .array(let elements) = value, case let names = elements.compactMap(\.string),
            names.count == elements.count
        else { throw JSONFields.Problem("floats must be a list of names") }
        return Set(names)
    }

    private static func invalid(_ path: String, _ reason: String) -> RecError {
        RecError(
            .invalidRanges,
            path: path,
            "It has no valid ranges: \(reason). Write it anew with 'rec-demo calibrate'."
        )
    }
}
