import Foundation
import RecCore
import RecONNX
import Testing
import rec_demo

/// Arrays in files, byte for byte as NumPy 2 writes them with `numpy.save`.
@Suite struct NumPyArrayTests {
    /// The bytes of `numpy.save` for an array with that description and those elements.
    private static func file(_ type: String, _ shape: String, _ elements: [UInt8]) -> [UInt8] {
        var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
        header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + elements
    }

    private static func withFile<Value>(_ bytes: [UInt8], _ body: (String) throws -> Value) throws -> Value {
        let url = FileManager.default.temporaryDirectory.appending(path: "rec-\(UUID().uuidString).npy")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    @Test func `floats, integers and truths are read`() throws {
        let floats = try Self.withFile(Self.file("<f4", "(2, 1)", [0, 0, 128, 63, 0, 0, 0, 192])) {
            try NumPyArray.read($0)
        }
        #expect(floats.shape == [2, 1])
        #expect(floats.floats == [1, -2])
        let integers = try Self.withFile(Self.file("<i8", "(1,)", [254, 255, 255, 255, 255, 255, 255, 255])) {
            try NumPyArray.read($0)
        }
        #expect(integers.integers == [-2])
        let truths = try Self.withFile(Self.file("|b1", "(3,)", [1, 0, 1])) { try NumPyArray.read($0) }
        #expect(truths.integers == [1, 0, 1])
        let scalar = try Self.withFile(Self.file("<i4", "()", [7, 0, 0, 0])) { try NumPyArray.read($0) }
        #expect(scalar.shape == [])
        #expect(scalar.integers == [7])
    }

    @Test func `what is written has the bytes of NumPy`() throws {
        let bytes = Self.file("<f4", "(1, 2)", [0, 0, 128, 63, 0, 0, 0, 192])
        try Self.withFile([]) { path in
            try NumPyArray.write(Tensor([1, -2], shape: [1, 2]), to: path)
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
        }
    }

    @Test(arguments: [
        [UInt8](), Array("PK".utf8), file("<f8", "(1,)", [0, 0, 0, 0, 0, 0, 0, 0]), file("<f4", "(2,)", [0, 0, 0, 0]),
        file("<f4", "(9223372036854775807, 9)", []), file("<f4", "(-1,)", []),
        Array(file("<f4", "(1,)", []).prefix(40)),
    ])
    func `a file that is no such array is an error`(_ bytes: [UInt8]) throws {
        try Self.withFile(bytes) { path in
            let error = #expect(throws: RecError.self) { try NumPyArray.read(path) }
            #expect(error?.message.contains("numpy.save") == true)
        }
    }
}
