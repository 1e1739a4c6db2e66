import Foundation

/// Random weights of a ResNet50 under torchvision's names, in safetensors format.
///
/// Convolutions keep the variance of what they read (He's initialisation), so that activations stay finite.
struct RandomResNet50 {
    private var header: [String] = []
    private var data: [UInt8] = []
    private var random = RandomNumbers(seed: 7)

    /// Writes the weights.
    static func write(to path: String) throws {
        var file = RandomResNet50()
        file.addLayers()
        var text = "{\(file.header.joined(separator: ","))}"
        while !text.utf8.count.isMultiple(of: 8) { text += " " }
        let size = (0..<8).map { UInt8(truncatingIfNeeded: text.utf8.count >> (8 * $0)) }
        try Data(size + Array(text.utf8) + file.data).write(to: URL(fileURLWithPath: path))
    }

    private mutating func addLayers() {
        addConvolution("conv1", "bn1", outputs: 64, inputs: 3, window: 7)
        var inputs = 64
        for (stage, blocks) in [3, 4, 6, 3].enumerated() {
            let width = 64 << stage
            for block in 0..<blocks {
                let name = "layer\(stage + 1).\(block)"
                addConvolution("\(name).conv1", "\(name).bn1", outputs: width, inputs: inputs, window: 1)
                addConvolution("\(name).conv2", "\(name).bn2", outputs: width, inputs: width, window: 3)
                addConvolution("\(name).conv3", "\(name).bn3", outputs: 4 * width, inputs: width, window: 1)
                if block == 0 {
                    let shortcut = "\(name).downsample"
                    addConvolution("\(shortcut).0", "\(shortcut).1", outputs: 4 * width, inputs: inputs, window: 1)
                }
                inputs = 4 * width
            }
        }
        add("fc.weight", [1000, inputs]) { $0.normal() }
        add("fc.bias", [1000]) { _ in 0 }
    }

    private mutating func addConvolution(_ name: String, _ norm: String, outputs: Int, inputs: Int, window: Int) {
        let deviation = Float((2 / Double(inputs * window * window)).squareRoot())
        add("\(name).weight", [outputs, inputs, window, window]) { deviation * $0.normal() }
        add("\(norm).weight", [outputs]) { _ in 0.5 }
        add("\(norm).bias", [outputs]) { _ in 0 }
        add("\(norm).running_mean", [outputs]) { _ in 0 }
        add("\(norm).running_var", [outputs]) { _ in 1 }
    }

    private mutating func add(_ name: String, _ shape: [Int], _ value: (inout RandomNumbers) -> Float) {
        let start = data.count
        for _ in 0..<shape.reduce(1, *) {
            let bits = value(&random).bitPattern
            for shift in stride(from: 0, to: 32, by: 8) { data.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        }
        header.append("\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(start),\(data.count)]}")
    }
}
