import Foundation
import RecImage
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

    static let expected: [String: Expected] = {
        let data = try! Data(contentsOf: URL(filePath: path("expected.json")))
        return try! JSONDecoder().decode([String: Expected].self, from: data)
    }()

    static let readable = expected.keys.sorted()

    static func path(_ name: String) -> String {
        Bundle.module.resourceURL!.appending(path: "Fixtures/WeightFiles/\(name)").path()
    }

    static func bytes(_ name: String) -> [UInt8] {
        try! [UInt8](Data(contentsOf: URL(filePath: path(name))))
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
func errorOpening(_ bytes: [UInt8]) throws -> RecImageError? {
    try withFile(bytes) { path in
        do {
            _ = try WeightFile(path: path)
            return nil
        } catch let error as RecImageError {
            return error
        }
    }
}
