internal import RecCompute
public import RecCore
internal import RecFiles
public import RecNetwork
internal import RecONNX

/// Extracts the image block of an embedding with a pretrained convolutional network.
///
/// ```swift
/// let extractor = try CNNFeatureExtractor(.resnet50, weights: "resnet50-0676ba61.pth")
/// let features = try await extractor.features(of: .file("shirt.jpg"))  // 2048 components, unit length
/// ```
/// For the same file, the vectors agree with PyTorch's (or Keras's, for Keras's weights) to a cosine of 0.99999 or
/// better with `exact` decoding.
///
/// Any number of tasks may use one extractor at once. For a catalogue, run a task on each core, as `ProductEmbedder`
/// does with `threads`: tasks read, decode and compute independently of each other. Each needs the memory of one run
/// and a prepared input for each picture of `ExecutionSettings.batch`. In a server, wrap the extractor in an
/// ``ExtractionQueue``, which has its own threads.
///
/// Weights whose tensors fit several networks or trainings get the network and the preprocessing that their digest or the
/// config.json beside them names, and a documented default otherwise; `ExtractionSettings` states another.
///
/// On processors without AVX2, OpenBLAS computes the matrix products of convolutions. Call `BLAS.setThreadCount(_:)`
/// with 1 at start-up there; otherwise its threads and the tasks compete for cores.
public struct CNNFeatureExtractor: FeatureExtractor {
    /// The recipe of the vectors: backbone, weights, layer, pooling, preprocessing, decoding and orientation.
    public let recipe: Recipe

    /// The network with its weights.
    package let model: BackboneModel

    /// The preprocessing from a picture to the input of the network.
    package let preprocessing: Preprocessing

    /// What became of the self-test beside the weights; missing for weights that are not of a file.
    package private(set) var selfTest = SelfTestResult.missing

    private let reader: PictureReader
    private let scale: DecodingScale
    /// The pooling of the features.
    let pooling: FeaturePooling
    private let workspaces: ResourcePool<Workspace>

    /// Opens the weights of a backbone and creates an extractor from them.
    ///
    /// - Parameters:
    ///   - backbone: The backbone.
    ///   - path: The path of the weight file, of the index of several, or of their folder; its SHA-256 becomes part of
    ///     the recipe. `nil` for a backbone that comes with its weights: ``Backbone/init(onnx:)``.
    ///   - settings: The settings for layer, pooling, preprocessing and decoding.
    ///   - execution: The execution settings; only arithmetic of fewer bits is part of the recipe. For `int8`, the file
    ///     `NAME.int8.json` beside the weights has the ranges of the network's maps; `rec-demo calibrate` writes it.
    /// - Throws: `RecError` with the codes of `WeightFile(path:)` when the file cannot be read as weights,
    ///   `missingTensor`, `misshapedTensor` or `wrongArchitecture` when it does not fit the backbone,
    ///   `ambiguousWeights` when it holds several networks that fit, `unsupportedONNX`, which lists all operators that
    ///   are not supported, `unknownLayer` for a layer or tensor that the network lacks, `invalidSetting`, also for a
    ///   backbone without weights, `invalidRanges` or `fileNotFound` for arithmetic in bytes, and `selfTestFailed` or `invalidSelfTest` when there is a self-test beside the
    ///   weights.
    /// - Complexity: Reads the file twice, once to hash and once to compile.
    public init(
        _ backbone: Backbone,
        weights path: String? = nil,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = ExecutionSettings()
    ) throws {
        if let graph = backbone.graph {
            guard path == nil || path == graph.model.path else {
                throw RecError(
                    .invalidSetting,
                    path: path,
                    "The backbone is the file '\(graph.model.path)' with its weights; give no other weights."
                )
            }
            try self.init(graph: graph, settings: settings, execution: execution)
            return
        }
        guard let path else {
            throw RecError(.invalidSetting, "The backbone '\(backbone.name)' needs weights; give their path.")
        }
        try self.init(backbone, weights: WeightFile(path: path), settings: settings, execution: execution)
    }

    private init(graph: GraphFile, settings: ExtractionSettings, execution: ExecutionSettings) throws {
        do {
            try settings.validate()
            let identity = try graph.sha256()
            let ranges = try execution.rangesFile(beside: graph.model.path, identity: identity, layer: settings.layer)
            let model = try BackboneModel(
                graph: graph,
                layer: settings.layer,
                pooling: settings.pooling,
                preprocessing: settings.preprocessing,
                execution: execution,
                ranges: ranges?.ranges
            )
            self.init(model, identity: identity, settings: settings, ranges: ranges)
        } catch let error as RecError {
            throw error.at(graph.model.path)
        }
        selfTest = try checkSelfTest(beside: graph.model.path)
    }

    /// Creates an extractor from a weight file; its SHA-256 becomes part of the recipe.
    ///
    /// - Throws: `RecError` as ``init(_:weights:settings:execution:)-(_,String?,_,_)``.
    /// - Complexity: Reads the file twice, once to hash and once to compile.
    package init(
        _ backbone: Backbone,
        weights: WeightFile,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = ExecutionSettings()
    ) throws {
        do {
            let identity = weights.sha256
            try self.init(
                backbone,
                weights: weights,
                identity: identity,
                facts: WeightFacts.of(weights, for: backbone, isPrepared: settings.preprocessing != nil),
                settings: settings,
                execution: execution,
                ranges: execution.rangesFile(beside: weights.path, identity: identity, layer: settings.layer)
            )
        } catch let error as RecError {
            throw error.at(weights.path)
        }
        selfTest = try checkSelfTest(beside: weights.path)
    }

    /// Creates an extractor from weights of any origin.
    ///
    /// - Parameters:
    ///   - backbone: The backbone.
    ///   - weights: Its weights.
    ///   - identity: A text that is unique to the weights.
    ///   - facts: What is known of the weights beyond their tensors.
    ///   - settings: The settings for layer, pooling, preprocessing and decoding.
    ///   - execution: The execution settings; only arithmetic of fewer bits is part of the recipe.
    ///   - ranges: The ranges of the maps, which arithmetic in bytes needs.
    /// - Throws: `RecError` as ``init(_:weights:settings:execution:)-(_,String?,_,_)``; `invalidSetting` also when the
    ///   preprocessing does not give square pictures.
    package init(
        _ backbone: Backbone,
        weights: any TensorSource,
        identity: String,
        facts: WeightFacts? = nil,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = ExecutionSettings(),
        ranges: RangesFile? = nil
    ) throws {
        try settings.validate()
        let model = try BackboneModel(
            backbone: backbone,
            weights: weights,
            layer: settings.layer,
            preprocessing: settings.preprocessing,
            prefix: settings.prefix,
            facts: facts,
            execution: execution,
            ranges: ranges?.ranges
        )
        self.init(model, identity: identity, settings: settings, ranges: ranges)
    }

    private init(_ model: BackboneModel, identity: String, settings: ExtractionSettings, ranges: RangesFile?) {
        self.model = model
        preprocessing = model.preprocessing
        pooling = settings.pooling
        let plan = model.plan
        workspaces = ResourcePool { Workspace(for: plan) }
        reader = settings.reader
        scale = settings.decoding == .fast ? preprocessing.fastScale : .full
        recipe = settings.recipe(
            backbone: model.backboneName,
            weights: identity,
            prefix: model.chosenPrefix,
            preprocessing: preprocessing,
            arithmetic: model.plan.settings.recipeField(ranges: ranges)
        )
    }

    /// The number of components: the channels of the tapped layer, or all its values without pooling.
    public var dimension: Int { pooling.count(of: model.plan.output) }

    /// Fetches the bytes of a deferred picture; returns any other as it is.
    public func load(_ picture: PictureSource) async throws -> PictureSource { try await picture.loaded() }

    /// Extracts the unit vectors of several pictures, off the caller's actor.
    ///
    /// - Returns: One result for each picture, in the same order; a failure is a `RecError`, with code `notFinite` or
    ///   `invalidVector` when the features of the network are unusable.
    /// - Throws: `CancellationError` only.
    /// - Complexity: One run of the network for each batch of the plan, plus decoding.
    @concurrent
    public func features(of pictures: [PictureSource]) async throws -> [Result<DenseVector, any Error>] {
        try await extract(pictures) { try DenseVector(normalizing: $0, recipe: recipe) }
    }

    /// Extracts the features of several pictures without normalisation, off the caller's actor.
    ///
    /// - Returns: One result for each picture, in the same order: ``dimension`` values, or the error as in
    ///   ``features(of:)-([PictureSource])``.
    /// - Throws: `CancellationError` only.
    @concurrent
    package func rawFeatures(of pictures: [PictureSource]) async throws -> [Result<[Float], any Error>] {
        try await extract(pictures) { $0 }
    }

    /// The features of one prepared picture, checked.
    func selfTestFeatures(of input: [Float], path: String) throws -> [Float] {
        let rows = workspaces.withResource { workspace in
            model.rows(of: input.span, count: 1, pooling: pooling, workspace: workspace)
        }
        try model.check(rows[0], path: path)
        return rows[0]
    }

    /// The input of the network for one picture that is loaded.
    func prepared(_ picture: PictureSource) throws -> [Float] {
        var input = [Float](repeating: 0, count: model.plan.input.count)
        preprocessing.normalize(try preprocessing.pixels(of: picture, using: reader, scale: scale), into: &input, at: 0)
        return input
    }

    /// Runs the network on all pictures and converts the features of each.
    ///
    /// Deferred pictures are fetched for one run of the network at a time.
    private func extract<Value>(
        _ pictures: [PictureSource],
        _ value: ([Float]) throws -> Value
    ) async throws -> [Result<Value, any Error>] {
        var results: [Result<Value, any Error>] = []
        results.reserveCapacity(pictures.count)
        let batch = model.plan.settings.batch
        for first in stride(from: 0, to: pictures.count, by: batch) {
            let loaded = try await PictureSource.loaded(pictures[first..<min(first + batch, pictures.count)])
            results += try run(loaded, value)
        }
        return results
    }

    /// Prepares the pictures of one run and computes their features.
    ///
    /// The files are requested at the start, so that all but the first are read while others are decoded.
    private func run<Value>(
        _ pictures: [Result<PictureSource, any Error>],
        _ value: ([Float]) throws -> Value
    ) throws -> [Result<Value, any Error>] {
        for case .success(.file(let path)) in pictures.dropFirst() { FileSystem.expectReading(path) }
        let size = model.plan.input.count
        var input = [Float](repeating: 0, count: pictures.count * size)
        var count = 0
        let places = try pictures.map { picture in
            try Task.checkCancellation()
            return Result {
                let pixels = try preprocessing.pixels(of: picture.get(), using: reader, scale: scale)
                preprocessing.normalize(pixels, into: &input, at: count * size)
                defer { count += 1 }
                return count
            }
        }
        try Task.checkCancellation()
        let rows = workspaces.withResource { workspace in
            model.rows(
                of: input.span.extracting(first: count * size),
                count: count,
                pooling: pooling,
                workspace: workspace
            )
        }
        return zip(pictures, places).map { picture, place in
            Result {
                let features = try rows[place.get()]
                try model.check(features, path: picture.get().name)
                return try value(features)
            }
        }
    }
}
