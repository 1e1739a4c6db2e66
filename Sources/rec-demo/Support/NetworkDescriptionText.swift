import RecCore
import RecNetwork
import RecONNX

/// The text of `rec-demo network`.
enum NetworkDescriptionText {
    static func print(_ description: GraphDescription, of model: ONNXModel, asJSON isJSON: Bool) throws {
        if isJSON {
            for layer in description.layers { try Console.result(json(layer).text) }
            return
        }
        func line(_ kind: String, _ name: String, _ type: TensorType) throws {
            try Console.result("\(kind) '\(name.shownOnOneLine)' \(type)")
        }
        let producer = model.producer.isEmpty ? "" : ", written by \(model.producer.shownOnOneLine)"
        try Console.result("ONNX, IR \(model.irVersion), opset \(model.opset)\(producer)")
        for input in description.inputs { try line("input", input.name, input.type) }
        for output in description.outputs { try line("output", output.name, output.type) }
        if let features = description.features { try line("features", features.name, features.type) }
        for layer in description.layers {
            let outputs = layer.outputs.map { "'\($0.name.shownOnOneLine)' \($0.type)" }.joined(separator: ", ")
            let work = layer.multiplyAdds > 0 ? ", \(layer.multiplyAdds) multiply-adds" : ""
            let parameters = layer.parameters > 0 ? ", \(layer.parameters) parameters" : ""
            try Console.result("  \(layer.operatorType) \(layer.name.shownOnOneLine): \(outputs)\(parameters)\(work)")
        }
        try Console.result(
            "\(description.layers.count) layers, \(description.multiplyAdds) multiply-adds, \(description.parameterBytes) bytes "
                + "of parameters, at most \(description.peakBytes) bytes of values at a time"
        )
    }

    static func print(_ weights: WeightFile, asJSON isJSON: Bool) throws {
        if !isJSON { try Console.result("\(weights.format), \(weights.tensorNames.count) tensors") }
        for name in weights.tensorNames {
            let shape = weights.shape(of: name) ?? []
            let type = weights.elementType(of: name).map { "\($0)" } ?? ""
            if isJSON {
                let object = JSONValue.object([
                    ("name", .string(name)), ("type", .string(type)), ("shape", sizes(shape)),
                ])
                try Console.result(object.text)
            } else {
                try Console.result("  '\(name.shownOnOneLine)' \(type)\(shape)")
            }
        }
    }

    private static func json(_ layer: GraphDescription.Layer) -> JSONValue {
        .object([
            ("name", .string(layer.name)), ("operator", .string(layer.operatorType)),
            (
                "outputs",
                .array(
                    layer.outputs.map { output in
                        .object([
                            ("name", .string(output.name)), ("type", .string("\(output.type.elementType)")),
                            ("shape", sizes(output.type.shape)),
                        ])
                    }
                )
            ),
            ("parameters", .integer(layer.parameters)),
            ("multiplyAdds", .integer(layer.multiplyAdds)),
        ])
    }

    private static func sizes(_ shape: [Int]) -> JSONValue { .array(shape.map { .integer($0) }) }
}
