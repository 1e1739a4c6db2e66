internal import RecCore
internal import RecNetwork
internal import RecONNX

extension BackboneModel {
    /// The most memory that a graph may ask for.
    private static let mostWorkspaceBytes = 16 << 30

    /// Compiles the network of an ONNX file.
    ///
    /// - Throws: `RecError` as `GraphFile.lowered` and `Plan`; `invalidSetting` also when the preprocessing makes pictures
    ///   of another size than the file fixes; `unsupportedONNX` also when a batch needs more than 16 GB.
    init(
        graph: GraphFile,
        layer: FeatureLayer,
        pooling: FeaturePooling,
        preprocessing stated: Preprocessing?,
        execution: ExecutionSettings,
        ranges: ActivationRanges?
    ) throws {
        let path = graph.model.path
        let read = try stated == nil ? StatedPreprocessing(beside: path) : nil
        let known = stated ?? read?.preprocessing
        let size = graph.size ?? known?.outputSize ?? ImageSize(width: 224, height: 224)
        let preprocessing = known ?? .imageNet(size)
        guard preprocessing.outputSize == size else {
            throw RecError(
                .invalidSetting,
                path: path,
                "The network takes pictures of \(size), the preprocessing makes \(preprocessing.outputSize). State another "
                    + "preprocessing."
            )
        }
        let lowered = try graph.lowered(layer: layer, size: size, pooling: pooling)
        let plan = try lowered.plan(execution, ranges: ranges)
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
            : read.map { "as \($0.fileName) beside it says" } ?? "the default; --preprocessing states another"
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
    fileprivate static func imageNet(_ size: ImageSize) -> Preprocessing {
        Preprocessing(
            resize: .shortSide(max(size.height, size.width) * 256 / 224),
            filter: .bilinear,
            outputSize: size
        )
    }
}
