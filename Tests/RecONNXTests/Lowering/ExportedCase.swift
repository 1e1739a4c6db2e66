import Foundation
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
        let data = try Data(contentsOf: folder.appendingPathComponent(value.file))
        var floats: [Float] = []
        for start in stride(from: 0, to: data.count - 3, by: 4) {
            var bits: UInt32 = 0
            for byte in 0..<4 { bits |= UInt32(data[start + byte]) << UInt32(8 * byte) }
            floats.append(Float(bitPattern: bits))
        }
        return floats
    }
}
