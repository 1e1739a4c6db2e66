/// Turns the products of a catalogue into embeddings, in a batch job for an index or one at a time.
///
/// ```swift
/// let embedder = ProductEmbedder(extractor: backbone, encoder: encoder, threads: 4) { product in
///     product.pictures.map { .file($0) }
/// }
/// var builder = IndexBuilder(space: embedder.space)
/// let report = try await builder.add(products, embeddedBy: embedder)
/// ```
/// In a batch a product that fails does not stop the others. A product with a damaged picture but known attributes gets
/// its metadata block; one without either is left out. The report names both, with the reason.
///
/// A product may have several pictures; its image block is then what the ``FeatureExtractor/recipe`` says, as a rule
/// the mean of all. Pictures that are fetched, from a database or an object storage, are fetched while others are computed:
///
/// ```swift
/// let embedder = ProductEmbedder(extractor: backbone, encoder: encoder, threads: 4) { product in
///     product.pictures.map { key in .deferred(name: key) { try await storage.bytes(of: key) } }
/// }
/// ```
/// `Input` is the extractor's input; `Never` for an embedder of attributes alone.
public struct ProductEmbedder<Input: Sendable>: Sendable {
    /// The blocks that the embeddings have.
    public let space: EmbeddingSpace

    /// A name that two blocks have.
    private let repeated: BlockName?
    private let threads: Int
    private let batch: Int
    private let stage: EmbeddingStage
    /// Makes the image block of a product's pictures; `nil` for an embedder of attributes alone.
    private let features: (@Sendable ([Input]) async throws -> DenseVector)?

    /// Creates an embedder of products with several pictures each and, if there is an encoder, attributes.
    ///
    /// - Parameters:
    ///   - extractor: Makes the image block.
    ///   - encoder: Makes the metadata block; `nil` for embeddings without one.
    ///   - blocks: Make further blocks, each of its own name; if two share one, every embedding throws `invalidSetting`.
    ///   - cache: Keeps features between runs.
    ///   - threads: The number of batches that are computed at once, each in a child task; as a rule the number of cores;
    ///     at least 1. As many are loaded ahead.
    ///   - batch: The number of products whose inputs the extractor gets in one call; at least 1.
    ///   - inputs: Gives the extractor's inputs for a product of a batch, none for a product without a picture. When it
    ///     throws, the product has no image block, and the error is in the report.
    public init(
        extractor: some FeatureExtractor<Input>,
        encoder: (any MetadataEncoder)? = nil,
        blocks: [any BlockEncoder] = [],
        cache: (any FeatureCache)? = nil,
        threads: Int = 1,
        batch: Int = 8,
        inputs: @escaping @Sendable (Product) async throws -> [Input]
    ) {
        self.threads = threads
        self.batch = batch
        let encoders = (encoder.map { [MetadataBlock(encoder: $0)] } ?? []) + blocks
        (space, repeated) = Self.space(of: [EmbeddingSpace.Block(image: extractor)] + encoders.map(\.block))
        let lookup = FeatureLookup(extractor: extractor, cache: cache, inputs: inputs)
        stage = EmbeddingStage(encoders: encoders) { try await lookup.load($0) }
        features = { try await lookup.features(of: $0) }
    }

    /// Creates an embedder of products with a picture each and, if there is an encoder, attributes.
    ///
    /// - Parameters:
    ///   - extractor: Makes the image block.
    ///   - encoder: Makes the metadata block; `nil` for embeddings without one.
    ///   - blocks: Make further blocks, each of its own name.
    ///   - cache: Keeps features between runs.
    ///   - threads: The number of batches that are computed at once; as many are loaded ahead.
    ///   - batch: The number of products whose inputs the extractor gets in one call.
    ///   - input: Gives the extractor's input for a product of a batch, or `nil` for a product without a picture. When it
    ///     throws, the product has no image block, and the error is in the report.
    public init(
        extractor: some FeatureExtractor<Input>,
        encoder: (any MetadataEncoder)? = nil,
        blocks: [any BlockEncoder] = [],
        cache: (any FeatureCache)? = nil,
        threads: Int = 1,
        batch: Int = 8,
        input: @escaping @Sendable (Product) async throws -> Input?
    ) {
        self.init(
            extractor: extractor,
            encoder: encoder,
            blocks: blocks,
            cache: cache,
            threads: threads,
            batch: batch,
            inputs: { try await input($0).map { [$0] } ?? [] }
        )
    }
}

extension ProductEmbedder<Never> {
    /// Creates an embedder of attributes alone.
    public init(encoder: some MetadataEncoder, blocks: [any BlockEncoder] = []) {
        threads = 1
        batch = 256
        let encoders: [any BlockEncoder] = [MetadataBlock(encoder: encoder)] + blocks
        (space, repeated) = Self.space(of: encoders.map(\.block))
        stage = EmbeddingStage(encoders: encoders) { products in { products.map { _ in .absent } } }
        features = nil
    }
}

extension ProductEmbedder {
    /// The space of the blocks, the first of each name, and a name that occurs twice.
    private static func space(of blocks: [EmbeddingSpace.Block]) -> (EmbeddingSpace, BlockName?) {
        var names: Set<BlockName> = []
        var repeated: BlockName?
        let first = blocks.filter { block in
            let isNew = names.insert(block.name).inserted
            if !isNew { repeated = block.name }
            return isNew
        }
        return (EmbeddingSpace(blocks: first), repeated)
    }

    private func requireDistinctBlocks() throws(RecError) {
        guard let repeated else { return }
        throw RecError(.invalidSetting, "Two blocks have the name '\(repeated.rawValue)'; each must have its own.")
    }
}

// MARK: - One product

extension ProductEmbedder {
    /// Embeds one product, for example to add it to a live index.
    ///
    /// Unlike a batch, this call throws for a picture that cannot be used and for an attribute that an encoder refuses.
    /// It uses neither the cache nor the closure of the initialiser.
    ///
    /// - Parameters:
    ///   - product: The product.
    ///   - pictures: Its pictures; none for a product without an image block.
    /// - Returns: The product with its embedding, which has at least one block.
    /// - Throws: The errors of the extractor and the encoders; ``RecError`` with code `noSharedBlock` for a product
    ///   with neither a picture nor a known attribute, and `invalidSetting` when two blocks share a name;
    ///   `CancellationError`.
    @concurrent public func embed(_ product: Product, pictures: [Input]) async throws -> EmbeddedProduct {
        try requireDistinctBlocks()
        var embedding = Embedding([:])
        if !pictures.isEmpty, let features { embedding[.image] = .init(try await features(pictures)) }
        for encoder in stage.encoders { embedding[encoder.block.name] = try encoder.encode(product) }
        guard !embedding.blocks.isEmpty else { throw EmbeddingStage.nothingUsable }
        return EmbeddedProduct(product: product, embedding: embedding)
    }

    /// Embeds one product with one picture, or `nil` for none; otherwise as ``embed(_:pictures:)``.
    @concurrent public func embed(_ product: Product, picture: Input?) async throws -> EmbeddedProduct {
        try await embed(product, pictures: picture.map { [$0] } ?? [])
    }
}

// MARK: - A catalogue

extension ProductEmbedder {
    /// Embeds products and delivers them in their order, for any number of threads.
    ///
    /// Products are read from the sequence as needed. At most `2 * threads` batches have their pictures in memory:
    /// `threads` that are computed, and `threads` that are loaded ahead. A batch waits while the extractor is busy, so a
    /// full `ExtractionQueue` loses no pictures.
    ///
    /// - Parameters:
    ///   - products: The products; no identifier should occur twice.
    ///   - total: The number of products, if it is known; by default the count of a collection.
    ///   - receive: Gets every product that has an embedding. When it throws, the job ends with that error. It is called
    ///     off the caller's actor, so it cannot use the state of one; to fill an index, use `IndexBuilder.add(_:embeddedBy:)`.
    ///   - progress: Gets the progress, at a steady pace and at the end.
    /// - Returns: The report. It lists the products that failed; they do not throw.
    /// - Throws: `CancellationError` soon after the task is cancelled, the errors of `receive`, and ``RecError`` with
    ///   code `invalidSetting` when the number of threads or the batch is less than 1, or two blocks share a name.
    @concurrent public func embed(
        _ products: some Sequence<Product>,
        total: Int? = nil,
        receive: (EmbeddedProduct) throws -> Void,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> IndexingReport {
        try await embed(products, total: total, every: .milliseconds(200), receive: receive, progress: progress)
    }

    /// Embeds products and reports progress at the given interval.
    @concurrent package func embed(
        _ products: some Sequence<Product>,
        total: Int? = nil,
        every interval: Duration,
        receive: (EmbeddedProduct) throws -> Void,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> IndexingReport {
        for (name, number) in [("threads", threads), ("batch", batch)] where number < 1 {
            throw RecError(.invalidSetting, "'\(name)' is \(number); it must be at least 1.")
        }
        try requireDistinctBlocks()
        let total = total ?? (products as? any Collection)?.count
        var tally = EmbeddingTally(total: total)
        let stage = self.stage
        try await withThrowingTaskGroup(of: Event.self) { group in
            var iterator = products.makeIterator()
            var window = ReorderingWindow<[EmbeddingOutcome]>()
            if progress != nil { group.addTask { try await Event.tick(after: interval) } }
            var loaded = LoadedBatches(limit: threads)
            var isExhausted = false
            while true {
                while let (number, compute) = loaded.next() {
                    group.addTask { .finished(number, try await compute()) }
                }
                while !isExhausted, loaded.hasRoom, window.held / 3 < threads {
                    var part: [Product] = []
                    while part.count < batch, let product = iterator.next() { part.append(product) }
                    isExhausted = part.count < batch
                    guard !part.isEmpty else { break }
                    let number = window.start()
                    loaded.loading += 1
                    group.addTask { [part] in .loaded(number, try await stage.load(part)) }
                }
                guard window.held > 0, let event = try await group.next() else { break }
                try Task.checkCancellation()
                switch event {
                case .tick:
                    progress?(tally.progress)
                    group.addTask { try await Event.tick(after: interval) }
                case .loaded(let number, let compute):
                    loaded.add(number, compute)
                case .finished(let number, let outcomes):
                    loaded.computing -= 1
                    window.finish(number, outcomes)
                    while let next = window.next() {
                        for outcome in next {
                            if let embedded = tally.count(outcome) { try receive(embedded) }
                        }
                    }
                }
            }
            group.cancelAll()
        }
        try Task.checkCancellation()
        progress?(tally.progress)
        return tally.finished
    }
}

/// A message of a child task.
private enum Event: Sendable {
    case tick
    case loaded(Int, LoadedBatches.Compute)
    case finished(Int, [EmbeddingOutcome])

    static func tick(after interval: Duration) async throws -> Event {
        try await Task.sleep(for: interval)
        return .tick
    }
}
