internal import RecCompute
public import RecCore
internal import RecFiles
public import RecNetwork

/// Extracts the image block of an embedding with a pretrained convolutional network.
///
/// ```swift
/// let extractor = try CNNFeatureExtractor(.resnet50, weights: WeightFile(path: "resnet50-0676ba61.pth"))
/// let features = try await extractor.features(of: .file("shirt.jpg"))  // 2048 components, unit length
/// ```
/// From the file on, the vectors agree with PyTorch's (or Keras's, for Keras's weights) to a cosine of 0.99999 or
/// better with `exact` decoding.
///
/// One extractor may be used by any number of tasks at once. For a catalogue, run a task on each core, as
/// `ProductEmbedder` does with `threads`: while one reads and decodes, others compute, nobody waits for anybody, and
/// each holds one run: `Plan.workspaceBytes` and a prepared input for each picture of `ExecutionSettings.batch`.
/// For the picture a customer waits for, make the extractor with `ExecutionSettings.latency(threads:)`: one run is
/// then shared by several threads.
///
/// On processors without AVX2 OpenBLAS computes the matrix products; call `BLAS.setThreadCount(_:)` with 1 at
/// start-up there, or its threads and the tasks get in each other's way.
public struct CNNFeatureExtractor: FeatureExtractor {
    /// How the vectors are made: backbone, weights, layer, pooling, preprocessing, decoding and orientation.
    public let recipe: Recipe

    /// The network with its weights.
    public let model: BackboneModel

    /// How a picture becomes the input of the network.
    public let preprocessing: Preprocessing

    private let decoder: JPEGDecoder
    private let pooling: FeaturePooling
    private let workspaces: ResourcePool<Workspace>

    /// Creates an extractor from a weight file, whose SHA-256 becomes part of the recipe.
    ///
    /// - Throws: ``RecImageError`` as ``BackboneModel/init(backbone:weights:layer:inputSize:execution:)``.
    /// - Complexity: Reads the file twice, once to hash and once to compile.
    public init(
        _ backbone: Backbone,
        weights: WeightFile,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = .throughput
    ) throws {
        do {
            try self.init(
                backbone,
                weights: weights,
                identity: weights.sha256,
                settings: settings,
                execution: execution
            )
        } catch let error as RecNetworkError where error.path == nil {
            throw RecNetworkError(error.code, path: weights.path, error.message)
        }
    }

    /// Creates an extractor from weights of any origin.
    ///
    /// - Parameters:
    ///   - backbone: The backbone.
    ///   - weights: Its weights.
    ///   - identity: Text that differs whenever the weights do.
    ///   - settings: What is done to a picture besides running the network.
    ///   - execution: How the network is run; it has no part in the recipe.
    /// - Throws: ``RecImageError`` as ``BackboneModel/init(backbone:weights:layer:inputSize:execution:)``, and with
    ///   code `invalidSetting` when the preprocessing does not give square pictures.
    public init(
        _ backbone: Backbone,
        weights: any TensorSource,
        identity: String,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = .throughput
    ) throws {
        let size = settings.preprocessing?.outputSize
        guard size.map({ $0.width == $0.height }) ?? true else {
            throw RecImageError(.invalidSetting, "The preprocessing must crop to a square.")
        }
        model = try BackboneModel(
            backbone: backbone,
            weights: weights,
            layer: settings.layer,
            inputSize: size?.width,
            execution: execution
        )
        preprocessing = settings.preprocessing ?? model.preprocessing
        pooling = settings.pooling
        let plan = model.plan
        workspaces = ResourcePool { Workspace(for: plan) }
        decoder = JPEGDecoder(
            mode: settings.decoding == .fast ? preprocessing.fastDecoding : .exact,
            orientation: settings.orientation,
            isLenient: settings.acceptsDamagedPictures,
            maximumPixelCount: settings.maximumPixelCount
        )
        recipe = Recipe(fields: [
            Recipe.Field(name: "backbone", value: backbone.name),
            Recipe.Field(name: "weights", value: identity),
            Recipe.Field(name: "layer", value: settings.layer.rawValue),
            Recipe.Field(name: "pooling", value: settings.pooling.description),
            Recipe.Field(name: "preprocessing", value: preprocessing.description),
            Recipe.Field(name: "decoding", value: settings.decoding.rawValue),
            Recipe.Field(name: "orientation", value: settings.orientation.rawValue),
            Recipe.Field(name: "damaged", value: settings.acceptsDamagedPictures ? "accepted" : "refused"),
        ])
    }

    /// The number of components: the channels of the tapped layer.
    public var dimension: Int { model.featureCount }

    /// Extracts the unit vectors of several pictures.
    ///
    /// - Returns: One result for each picture, in the same order; a failure is a ``RecImageError`` or, when a picture
    ///   gives no features at all, a `RecCoreError` with code `invalidVector`.
    /// - Throws: `CancellationError` only.
    /// - Complexity: One run of the network for each batch of the plan, plus decoding.
    public func features(of pictures: [PictureSource]) async throws -> [Result<DenseVector, any Error>] {
        try await rawFeatures(of: pictures).map { result in
            Result { try DenseVector(normalizing: result.get(), recipe: recipe) }
        }
    }

    /// Extracts the features of several pictures as the network gives them, not normalised.
    ///
    /// - Returns: One result for each picture, in the same order: ``dimension`` values, or a ``RecImageError``.
    /// - Throws: `CancellationError` only.
    public func rawFeatures(of pictures: [PictureSource]) async throws -> [Result<[Float], any Error>] {
        var results: [Result<[Float], any Error>] = []
        results.reserveCapacity(pictures.count)
        let batch = model.plan.settings.batch
        for first in stride(from: 0, to: pictures.count, by: batch) {
            results += try run(pictures[first..<min(first + batch, pictures.count)])
        }
        return results
    }

    /// Prepares the pictures of one run and computes their features.
    ///
    /// The files are asked for at the start, so that all but the first are read while others are decoded.
    private func run(_ pictures: ArraySlice<PictureSource>) throws -> [Result<[Float], any Error>] {
        for case .file(let path) in pictures.dropFirst() { FileSystem.expectReading(path) }
        var pixels: [Float] = []
        pixels.reserveCapacity(pictures.count * model.plan.input.count)
        var failures: [Int: any Error] = [:]
        for (index, picture) in pictures.enumerated() {
            try Task.checkCancellation()
            do {
                pixels += try preprocessing.tensor(of: picture, using: decoder)
            } catch {
                failures[index] = error
            }
        }
        try Task.checkCancellation()
        let prepared = pictures.count - failures.count
        let features = workspaces.withResource { workspace in
            model.rows(of: pixels.span, count: prepared, pooling: pooling, workspace: workspace)
        }
        var next = 0
        return pictures.enumerated().map { index, picture in
            if let failure = failures[index] { return .failure(failure) }
            defer { next += 1 }
            return features[next].mapError { RecNetworkError($0.code, path: picture.name, $0.message) }
        }
    }
}
