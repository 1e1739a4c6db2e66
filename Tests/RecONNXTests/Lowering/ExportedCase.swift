import Foundation
import RecFiles
import RecONNX
import Testing

/// A folder with an exported network, an input, and what another engine made of it: `model.onnx`, `case.json` and raw
/// little-endian files.
struct ExportedCase: Sendable, CustomTestStringConvertible {
    struct Description: Decodable {
        struct Value: Decodable {
            let name: String
            let type: String
            let shape: [Int]
            let file: String
        }

        let inputs: [Value]
        let outputs: [Value]
    }

    let folder: URL

    /// The cases below the folder that the environment variable `REC_ONNX_CASES` names; none without it.
    static let all: [ExportedCase] = {
        guard let root = ProcessInfo.processInfo.environment["REC_ONNX_CASES"] else { return [] }
        let files = FileManager.default.enumerator(at: URL(fileURLWithPath: root), includingPropertiesForKeys: nil)
        let found = files?.compactMap { $0 as? URL }.filter { $0.lastPathComponent == "case.json" } ?? []
        return found.map { ExportedCase(folder: $0.deletingLastPathComponent()) }
            .sorted { $0.folder.path < $1.folder.path }
    }()

    var testDescription: String { folder.pathComponents.suffix(3).joined(separator: "/") }

    var model: String { folder.appendingPathComponent("model.onnx").path }

    func description() throws -> Description {
        try JSONDecoder().decode(Description.self, from: Data(contentsOf: folder.appendingPathComponent("case.json")))
    }

    func floats(_ value: Description.Value) throws -> [Float] {
        let file = try MappedFile(path: folder.appendingPathComponent(value.file).path)
        return try #require(file.floats(at: 0, count: file.count / 4, encoding: .float32))
    }
}
