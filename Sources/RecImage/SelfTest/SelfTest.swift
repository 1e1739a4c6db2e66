package import RecCore
internal import RecFiles
package import RecNetwork

/// A picture beside a model and the vector that the model must give for it: the file `selftest.json`.
///
/// Docs/SelfTest.md describes the format. The file may come from anyone: it is read up to a size, and names no file
/// outside its folder.
package struct SelfTest: Sendable {
    /// The name of the file.
    package static let fileName = "selftest.json"

    /// Bytes of the file at most.
    private static let sizeLimit = 2 << 20
    /// Components of the vector at most.
    private static let vectorLimit = 65_536
    /// Samples of the network's input at most.
    private static let sampleLimit = 4096

    /// The path of the file.
    package let path: String
    /// The path of the picture.
    package let picture: String
    /// The name of the weight file that it is for; `nil` for any.
    package let weights: String?
    /// The layer that the vector is from.
    package let layer: FeatureLayer
    /// The pooling of the layer.
    package let pooling: FeaturePooling
    /// The expected vector, of any length.
    package let vector: [Float]
    /// The least cosine of the angle between the expected vector and the model's.
    package let minimumCosine: Double
    /// Evenly spaced numbers of the expected input of the network (CHW), from the first on; `nil` when not stated.
    package let input: [Float]?
    /// What made the file: "timm 1.0.31"; `nil` when not stated.
    package let origin: String?

    /// Reads the self-test in the folder of a weight file; `nil` when there is none.
    ///
    /// - Throws: `RecError` with code `invalidSelfTest`, which names the field, or `unreadableFile`.
    package init?(beside weights: String) throws(RecError) {
        let folder = FileSystem.folder(of: weights)
        let path = "\(folder)/\(Self.fileName)"
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.contents(ofFile: path, limit: Self.sizeLimit)
        } catch {
            guard !error.isNotFound else { return nil }
            guard !error.isTooLarge else { throw Self.invalid(path, "it is larger than 2 MiB") }
            throw RecError(error)
        }
        let json: StrictJSON
        do throws(StrictJSONParser.Failure) {
            json = try StrictJSONParser.parse(bytes)
        } catch {
            throw Self.invalid(path, "\(error.reason) at byte \(error.position)")
        }
        do throws(JSONFields.Problem) {
            try self.init(json, path: path, folder: folder)
        } catch {
            throw Self.invalid(path, error.text)
        }
    }

    private init(_ json: StrictJSON, path: String, folder: String) throws(JSONFields.Problem) {
        guard json.members != nil else { throw JSONFields.Problem("it is not an object") }
        let fields = JSONFields(json)
        guard try fields.integer("version") == 1 else {
            throw JSONFields.Problem("version is not 1, the only one that is known")
        }
        self.path = path
        guard let name = try fields.string("picture"), FileSystem.isPlainName(name) else {
            throw JSONFields.Problem("picture must be the name of a file in the same folder")
        }
        picture = "\(folder)/\(name)"
        weights = try fields.string("weights")
        layer = FeatureLayer(rawValue: try fields.string("layer") ?? FeatureLayer.pooled.rawValue)
        let text = try fields.string("pooling") ?? FeaturePooling.average.description
        guard let pooling = FeaturePooling(text) else {
            throw JSONFields.Problem(
                "pooling '\(text.prefix(40))' is not known; it may be average, maximum, token, none or "
                    + "\(FeaturePooling.generalizedMean())"
            )
        }
        self.pooling = pooling
        guard let vector = try Self.numbers(fields, "vector", limit: Self.vectorLimit) else {
            throw JSONFields.Problem("vector is missing")
        }
        guard vector.contains(where: { $0 != 0 }) else { throw JSONFields.Problem("vector is zero") }
        self.vector = vector
        minimumCosine = try fields.number("minimum_cosine") ?? 0.9999
        guard (0...1).contains(minimumCosine) else {
            throw JSONFields.Problem("minimum_cosine is \(minimumCosine), not from 0 to 1")
        }
        input = try Self.numbers(fields, "input", limit: Self.sampleLimit)
        origin = try fields.string("made_by").map { String($0.prefix(200)) }
    }

    private static func numbers(
        _ fields: JSONFields,
        _ name: String,
        limit: Int
    ) throws(JSONFields.Problem) -> [Float]? {
        guard let value = fields.value(name) else { return nil }
        let numbers = value.numbers?.map { Float($0) } ?? []
        guard (1...limit).contains(numbers.count), numbers.allSatisfy(\.isFinite) else {
            throw JSONFields.Problem("\(name) must be 1 to \(limit) finite numbers")
        }
        return numbers
    }

    private static func invalid(_ path: String, _ reason: String) -> RecError {
        RecError(
            .invalidSelfTest,
            path: path,
            "It is not a valid self-test: \(reason). Write it anew with Scripts/write_selftest.py, or remove it."
        )
    }
}
