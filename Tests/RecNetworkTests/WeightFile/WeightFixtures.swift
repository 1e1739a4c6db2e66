import Foundation
import RecCore
import RecNetwork
import Testing

/// The weight files that `Scripts/goldens/weight_files.py` makes, and what the libraries that wrote them say is inside.
enum WeightFixtures {
    struct Expected: Decodable, Sendable {
        let format: String
        let metadata: [String: String]
        let layers: [Layer]
        let tensors: [Tensor]

        struct Layer: Decodable, Sendable {
            let name: String
            let group: String
            let tensorNames: [String]
        }

        struct Tensor: Decodable, Sendable {
            let name: String
            let shape: [Int]
            let type: String
            let values: [Double]
        }
    }

    /// What each readable file holds.
    static let expected: [String: Expected] = {
        let data = Data(bytes("expected.json"))
        return (try? JSONDecoder().decode([String: Expected].self, from: data)) ?? [:]
    }()

    /// Every file, readable or not.
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: path(""))) ?? [])
        .filter { $0 != "expected.json" }.sorted()

    static let readable = expected.keys.sorted()

    static func path(_ name: String) -> String {
        "\(Bundle.module.resourcePath ?? "")/Fixtures/WeightFiles/\(name)"
    }

    static func bytes(_ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: path(name)).map { [UInt8]($0) } ?? []
    }
}

/// Runs `body` with the path of a file that holds `bytes` and is deleted afterwards.
func withFile<Value>(_ bytes: [UInt8], _ body: (String) throws -> Value) throws -> Value {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path())
}

/// The error that opening a file of these bytes throws, or `nil` when it opens.
func errorOpening(_ bytes: [UInt8]) throws -> RecError? {
    try withFile(bytes) { path in
        do {
            _ = try WeightFile(path: path)
            return nil
        } catch let error as RecError {
            return error
        }
    }
}
