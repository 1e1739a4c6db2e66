import ArgumentParser
import Foundation
import RecCore
import RecNetwork
import RecONNX
import Testing
import rec_demo

/// Arrays for the inputs of networks of float16 and float32, against NumPy and ONNX Runtime
/// (`Scripts/goldens/network_inputs.py`).
@Suite struct NetworkInputTests {
    private static let cases = [("half", "halves"), ("half", "singles"), ("single", "halves"), ("single", "singles")]

    private static func path(_ file: String) -> String {
        Bundle.module.bundleURL.appending(path: "Fixtures/NetworkInputs/\(file)").path(percentEncoded: false)
    }

    /// Whether two numbers are the same, with the sign of zero, or both NaN.
    private static func isSame(_ one: Float, _ other: Float) -> Bool {
        one.bitPattern == other.bitPattern || one.isNaN && other.isNaN
    }

    @Test(arguments: cases)
    func `an array becomes what NumPy's astype gives`(model: String, array: String) throws {
        let type: ElementType = model == "half" ? .float16 : .float32
        let input = ONNXValueInfo(name: "x", elementType: type, dimensions: nil)
        let found = try NumPyArray.read(Self.path("\(array).npy"), for: input)
        let expected = try NumPyArray.read(Self.path("\(model)-\(array)-x.npy"))
        #expect(found.type == TensorType(type, expected.shape))
        #expect(zip(found.floats, expected.floats).allSatisfy(Self.isSame))
    }

    @Test(arguments: cases)
    func `the command writes what ONNX Runtime gives`(model: String, array: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = [
            "network", Self.path("\(model).onnx"), "--input", "x=" + Self.path("\(array).npy"), "--out", folder.path,
        ]
        var command = try RecDemo.parseAsRoot(words)
        try command.run()
        // `y` has the rounding of its type; `z` is exact but for the rounding of a product of floats.
        for (output, tolerance) in [("y", model == "half" ? 0x1p-10 : 1e-5), ("z", 0)] {
            let found = try NumPyArray.read(folder.appending(path: "\(output).npy").path)
            let expected = try NumPyArray.read(Self.path("\(model)-\(array)-\(output).npy"))
            #expect(found.type == expected.type)
            for (value, wanted) in zip(found.doubles, expected.doubles) {
                let isClose = abs(value - wanted) <= tolerance * max(abs(wanted), 0x1p-14)
                #expect(value == wanted || value.isNaN && wanted.isNaN || isClose, "\(output)")
            }
        }
    }

    @Test(arguments: [
        (ElementType.int64, "int64."), (.bool, "bool."), (.uint8, "none of the types that this command reads."),
    ])
    func `an input of integers takes no floats`(_ type: ElementType, _ taken: String) {
        let input = ONNXValueInfo(name: "ids", elementType: type, dimensions: nil)
        let error = #expect(throws: RecError.self) { try NumPyArray.read(Self.path("halves.npy"), for: input) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("The array is float16; the input 'ids' is \(type) and takes \(taken)") == true)
    }

    @Test(arguments: [ElementType.float16, .float32])
    func `an input of floats takes no integers`(_ type: ElementType) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "rec-\(UUID().uuidString).npy")
        defer { try? FileManager.default.removeItem(at: url) }
        try NumPyArray.write(Tensor(integers: [1, 2]), to: url.path)
        let input = ONNXValueInfo(name: "x", elementType: type, dimensions: nil)
        let error = #expect(throws: RecError.self) { try NumPyArray.read(url.path, for: input) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("is int64; the input 'x' is \(type) and takes float32 or float16.") == true)
    }
}
