/// Turns the products of a catalogue into embeddings: the batch job behind an index.
///
/// ```swift
/// let embedder = ProductEmbedder(extractor: backbone, encoder: encoder, threads: 4) { product in
///     product.picture.map { .file($0) }
/// }
/// var builder = IndexBuilder(space: embedder.space)
/// let report = try await embedder.embed(products) { try builder.add($0.product, $0.embedding) }
/// ```
/// A product that fails does not stop the others. One with a broken picture but known attributes gets its metadata
/// block, and one with neither is left out; the report names both with the reason.
public struct ProductEmbedder: Sendable {
    /// The blocks that the embeddings have.
    public let space: EmbeddingSpace

    /// The number of batches that are worked on at the same time.
    public let threads: Int

    /// The number of products that are handed to the extractor at once.
    public let batchCount: Int

    let stage: EmbeddingStage

    /// Creates an embedder of pictures and, if there is an encoder, attributes.
    ///
    /// - Parameters:
    ///   - extractor: Makes the image block.
    ///   - encoder: Makes the metadata block; without one there is none.
    ///   - blocks: Make further blocks, each of its own name.
    ///   - cache: Keeps features between runs.
    ///   - threads: The number of batches in flight, each in a child task; as a rule the number of cores.
    ///   - batchCount: The number of products handed to the extractor at once.
    ///   - input: Gives the extractor's input for a product, or `nil` for a product without a picture. When it throws,
    ///     the product has no image block, and the error is in the report.
    /// - Precondition: `threads` and `batchCount` are greater than zero.
    public init<Extractor: FeatureExtractor>(
        extractor: Extractor,
        encoder: (any MetadataEncoder)? = nil,
        blocks: [any BlockEncoder] = [],
        cache: (any FeatureCache)? = nil,
        threads: Int = 1,
        batchCount: Int = 8,
        input: @escaping @Sendable (Product) throws -> Extractor.Input?
    ) {
        precondition(threads > 0 && batchCount > 0, "threads and batchCount must be greater than zero")
        self.threads = threads
        self.batchCount = batchCount
        let encoders = (encoder.map { [MetadataBlock(encoder: $0)] } ?? []) + blocks
        space = EmbeddingSpace(blocks: [EmbeddingSpace.Block(image: extractor)] + encoders.map(\.block))
        stage = EmbeddingStage(encoders: encoders) { products in
            try await FeatureLookup(extractor: extractor, cache: cache).features(of: products, input: input)
        }
    }

    /// Creates an embedder of attributes alone.
    public init(encoder: some MetadataEncoder, blocks: [any BlockEncoder] = []) {
        threads = 1
        batchCount = 256
        let encoders: [any BlockEncoder] = [MetadataBlock(encoder: encoder)] + blocks
        space = EmbeddingSpace(blocks: encoders.map(\.block))
        stage = EmbeddingStage(encoders: encoders) { products in products.map { _ in .absent } }
    }

    /// Embeds products, in their order, whatever the number of threads.
    ///
    /// Products are taken from the sequence as they are needed, and no more than `2 * threads` batches are held.
    ///
    /// - Parameters:
    ///   - products: The products; no identifier should occur twice.
    ///   - total: The number of products, if it is known; a collection is asked for its count.
    ///   - interval: How often progress is told.
    ///   - progress: Is told how far the job has come, at a steady pace and at the end.
    ///   - receive: Gets every product that has an embedding. When it throws, the job ends with that error.
    /// - Returns: The report. Products that failed are in it and do not throw.
    /// - Throws: `CancellationError` soon after the task was cancelled, or what `receive` throws.
    public func embed(
        _ products: some Sequence<Product>,
        total: Int? = nil,
        interval: Duration = .milliseconds(200),
        progress: (@Sendable (WorkProgress) -> Void)? = nil,
        receive: (EmbeddedProduct) throws -> Void
    ) async throws -> IndexingReport {
        let total = total ?? (products as? any Collection)?.count
        var tally = EmbeddingTally(total: total)
        let stage = self.stage
        try await withThrowingTaskGroup(of: Event.self) { group in
            var iterator = products.makeIterator()
            var window = ReorderingWindow<[EmbeddingOutcome]>()
            if progress != nil { group.addTask { try await Event.tick(after: interval) } }
            var isExhausted = false
            while true {
                while !isExhausted, window.running < threads, window.held / 2 < threads {
                    var batch: [Product] = []
                    while batch.count < batchCount, let product = iterator.next() { batch.append(product) }
                    isExhausted = batch.count < batchCount
                    guard !batch.isEmpty else { break }
                    let number = window.start()
                    group.addTask { [batch] in .finished(number, try await stage.run(batch)) }
                }
                guard window.held > 0, let event = try await group.next() else { break }
                try Task.checkCancellation()
                switch event {
                case .tick:
                    progress?(tally.progress)
                    group.addTask { try await Event.tick(after: interval) }
                case .finished(let number, let outcomes):
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

    /// What a child task has to say.
    private enum Event: Sendable {
        case tick
        case finished(Int, [EmbeddingOutcome])

        static func tick(after interval: Duration) async throws -> Event {
            try await Task.sleep(for: interval)
            return .tick
        }
    }
}
