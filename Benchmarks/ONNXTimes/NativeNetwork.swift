import RecNetwork

/// A network of the package itself with made-up parameters, to be timed beside an ONNX file of the same architecture.
struct NativeNetwork: ParameterSource {
    let network: Network
    let layer: FeatureLayer

    /// Finds a network by its name.
    init?(_ name: String) {
        switch name {
        case "resnet50":
            network = ResNet(block: .bottleneck, blocks: [3, 4, 6, 3]).network()
            layer = .pooled
        case "vgg16":
            network = VGG(convolutions: [2, 2, 3, 3, 3]).network()
            layer = .fc2
        default: return nil
        }
    }

    func plan(_ settings: ExecutionSettings, ranges: ActivationRanges?) throws -> Plan {
        try Plan(network, layer: layer, height: 224, width: 224, parameters: self, settings: settings, ranges: ranges)
    }

    /// Numbers of the size that trained parameters have, so that none overflows or is denormal.
    func values(of parameter: Parameter) -> [Float] {
        switch parameter.role {
        case .scale, .variance: [Float](repeating: 1, count: parameter.count)
        default: (0..<parameter.count).map { Float($0 * 7919 % 251 - 125) / 12500 }
        }
    }
}
