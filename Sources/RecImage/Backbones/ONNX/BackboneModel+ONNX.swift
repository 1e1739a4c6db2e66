internal import RecCore
internal import RecNetwork
internal import RecONNX

extension BackboneModel {
    /// The most memory that a graph may ask for.
    private static let mostWorkspaceBytes = 16 << 30

    /// Compiles the network of an ONNX file.
    ///
    /// - Throws: `RecError` as `GraphFile.lowered` and `Plan`; `invalidSetting` also when the preprocessing does not give
    ///   square pictures.
    init(
        graph: GraphFile,
        layer: FeatureLayer,
        pooling: FeaturePooling,
        preprocessing stated: Preprocessing?,
        execution: ExecutionSettings
    ) throws {
        let path = graph.model.path
        let read = try stated == nil ? WeightFacts.preprocessing(beside: path) : nil
        let size = graph.size ?? (stated ?? read).map { ($0.outputSize.height, $0.outputSize.width) } ?? (224, 224)
        let preprocessing = stated ?? read ?? .imageNet(height: size.0, width: size.1)
        guard preprocessing.outputSize == ImageSize(width: size.1, height: size.0) else {
            throw RecError(
                .invalidSetting,
                path: path,
                "The network takes pictures of \(size.1)x\(size.0), the preprocessing makes \(preprocessing.outputSize.width)x"
                    + "\(preprocessing.outputSize.height). State another preprocessing."
            )
        }
        let lowered = try graph.lowered(layer: layer, height: size.0, width: size.1, pooling: pooling)
        let plan = try Plan(
            lowered.network,
            layer: LoweredNetwork.layer,
            height: size.0,
            width: size.1,
            parameters: lowered.parameters,
            settings: execution
        )
        guard plan.workspaceBytes <= Self.mostWorkspaceBytes else {
            throw RecError(
                .unsupportedONNX,
                path: path,
                "The network needs \(plan.workspaceBytes >> 30) GB for a batch of \(execution.batch); at most "
                    + "\(Self.mostWorkspaceBytes >> 30) GB are taken. Use a smaller batch, or pictures of a smaller size."
            )
        }
        let reason =
            stated != nil
            ? "as the settings say"
            : read != nil ? "as the file beside it says" : "the default; --preprocessing states another"
        self.init(
            backboneName: GraphFile.backboneName,
            layer: layer,
            preprocessing: preprocessing,
            origin:
                "ONNX of opset \(graph.model.opset): features of '\(lowered.tensor)' \(lowered.type); preprocessing "
                + "\(preprocessing.name.map { "\($0) (\(preprocessing))" } ?? "\(preprocessing)"), \(reason)",
            plan: plan
        )
    }
}

extension Preprocessing {
    /// torchvision's for ImageNet at any size: the short side longer by 256 / 224, bilinear, the middle.
    fileprivate static func imageNet(height: Int, width: Int) -> Preprocessing {
        Preprocessing(
            resize: .shortSide(max(height, width) * 256 / 224),
            filter: .bilinear,
            outputSize: ImageSize(width: width, height: height)
        )
    }
}
