import ArgumentParser
import Foundation
import RecCore
import RecImage
import RecNetwork
import RecONNX

/// `rec-demo network`: what is in a weight file or a network, and its outputs for given inputs.
struct NetworkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network",
        abstract: "Describe a weight file or an ONNX file, or run an ONNX file on arrays.",
        discussion: """
            Without inputs, an ONNX file is checked and described without its weights being read; operators that are \
            not supported are listed all at once. With inputs, which are arrays of NumPy (.npy, C order, float32, \
            float16, int64, int32 or bool), each output is written to a file, floats as float32, and named in a line \
            of JSON. A floating-point input takes arrays of float32 and float16 and converts them to its type, as \
            NumPy's astype does.
            """
    )

    @Argument(help: ArgumentHelp("The file.", valueName: "model"))
    var model: String

    @Option(help: ArgumentHelp("An input and the file with its array; once for each input.", valueName: "name=file"))
    var input: [String] = []

    @Option(
        help: ArgumentHelp(
            "The sizes of an input, for the description; may be repeated.",
            discussion: """
                Sizes that the file leaves free are those of pictures that a preprocessor_config.json or config.json \
                beside it states, else 224, for one picture.
                """,
            valueName: "name=1x3x224x224"
        )
    )
    var shape: [InputShape] = []

    @Option(
        help: ArgumentHelp(
            "A tensor to compute instead of the outputs of the file; may be repeated.",
            valueName: "name"
        )
    )
    var output: [String] = []

    @Option(help: ArgumentHelp("The folder for the outputs.", valueName: "folder"))
    var out = "."

    @Flag(help: "Print a description as JSON, one object a layer.")
    var json = false

    func validate() throws {
        guard input.allSatisfy({ $0.contains("=") }) else { throw ValidationError("--input takes NAME=FILE.npy.") }
        guard shape.isEmpty || input.isEmpty else {
            throw ValidationError("--shape is for a description; arrays of --input have their own shapes.")
        }
    }

    func run() throws {
        try Failure.exiting {
            switch try ModelFile(path: model) {
            case .weights(let weights):
                try NetworkDescriptionText.print(weights, asJSON: json)
            case .onnx(let model) where input.isEmpty:
                let graph = try FoldedGraph(
                    model,
                    inputShapes: try model.assumedShapes(shape),
                    outputs: output.isEmpty ? nil : output
                )
                try NetworkDescriptionText.print(GraphDescription(graph), of: model, asJSON: json)
            case .onnx(let model):
                try compute(model)
            }
        }
    }

    private func compute(_ model: ONNXModel) throws {
        var inputs: [String: Tensor] = [:]
        for text in input {
            guard let equals = text.firstIndex(of: "=") else { continue }
            let name = String(text[..<equals])
            guard let declared = model.graph.inputs.first(where: { $0.name == name }) else {
                throw model.unknownInput(name)
            }
            inputs[name] = try NumPyArray.read(String(text[text.index(after: equals)...]), for: declared)
        }
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let names = output.isEmpty ? model.graph.outputs.map(\.name) : output
        for (name, tensor) in zip(names, try NetworkRun(model, outputs: names).run(inputs)) {
            let safe = String(name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
            let file = "\(out)/\(safe).npy"
            try NumPyArray.write(tensor, to: file)
            let line = JSONValue.object([
                ("output", .string(name)), ("shape", .array(tensor.shape.map { .integer($0) })),
                ("file", .string(file)),
            ])
            try Console.result(line.text)
        }
    }
}
