import Foundation
import RecCore
import RecNetwork
import Testing

@Suite struct `Weights in several files` {
    static let index = "model.safetensors.index.json"
    static let parts = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]

    /// The error of the fixture's folder after a change.
    private func error(_ change: (URL) throws -> Void) throws -> RecError {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.copyItem(
            at: URL(filePath: `Weights as people save them`.path("shards")),
            to: folder
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        try change(folder)
        return try #require(throws: RecError.self) { try WeightFile(path: folder.appending(path: Self.index).path()) }
    }

    private func error(index: String) throws -> RecError {
        try error { try Data(index.utf8).write(to: $0.appending(path: Self.index)) }
    }

    @Test func `the digest is that of the lines of sha256sum`() throws {
        // `sha256sum model-0000*.safetensors | sha256sum` in the folder of the fixture.
        let file = try WeightFile(path: `Weights as people save them`.path("shards"))
        #expect(file.sha256 == "0513f28089520b3494b5c2a2a6b5a67e0080c9a9e3886d52a0439d65e94acb08")
        #expect(file.byteCount == 432)
        #expect(file.path.hasSuffix(Self.index))
    }

    @Test func `a part that is missing is named`() throws {
        let error = try error { try FileManager.default.removeItem(at: $0.appending(path: Self.parts[1])) }
        #expect(error.code == .fileNotFound)
        #expect(error.message.contains("'\(Self.parts[1])'"))
        #expect(error.path?.hasSuffix(Self.index) == true)
    }

    @Test func `a part that is damaged is named`() throws {
        let error = try error { try Data([1, 2, 3]).write(to: $0.appending(path: Self.parts[0])) }
        #expect(error.path?.hasSuffix(Self.parts[0]) == true)
    }

    @Test func `a tensor in two parts is an error`() throws {
        let error = try error {
            try FileManager.default.removeItem(at: $0.appending(path: Self.parts[1]))
            try FileManager.default.copyItem(
                at: $0.appending(path: Self.parts[0]),
                to: $0.appending(path: Self.parts[1])
            )
        }
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("'layer0.weight'"))
    }

    @Test func `a tensor that is not where the index says is an error`() throws {
        let error = try error(
            index: #"{"weight_map": {"layer0.weight": "\#(Self.parts[0])", "more": "\#(Self.parts[1])"}}"#
        )
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("'more'"))
    }

    @Test(arguments: ["../up.safetensors", "/etc/passwd", "", ".", "..", "a/b", "x.index.json", "a\\u0000b"])
    func `a part must be a file in the folder of the index`(name: String) throws {
        let error = try error(index: #"{"weight_map": {"w": "\#(name)"}}"#)
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("'w'"))
    }

    @Test(arguments: ["", "{", "[]", "{}", #"{"weight_map": {}}"#, #"{"weight_map": 3}"#, #"{"weight_map": {"a": 1}}"#])
    func `an index that is none is an error`(text: String) throws {
        let code = try error(index: text).code
        #expect(code == .corruptWeights || code == .emptyFile)
    }

    @Test func `an index of very many parts is refused`() throws {
        let entries = (0..<1001).map { #""t\#($0)": "part\#($0).safetensors""# }.joined(separator: ",")
        #expect(try error(index: #"{"weight_map": {\#(entries)}}"#).code == .corruptWeights)
    }
}
