import RecCore
import RecIndex
import RecMetadata

/// From vectors, and perhaps a catalogue's table, to an index file.
enum IndexBuilding {
    /// How the vectors were made, as far as the index must know.
    private static let recipe: Recipe = ["vectors": "benchmark"]

    /// Builds and writes; gives the time from vectors in memory to an index in memory.
    static func run(_ command: Command) async throws -> Duration {
        let vectors = try VectorFile(command)
        let count = try command.required(command.count, "count")
        let dimension = try command.positive(command.dimension, "dimension")
        let threads = try command.positive(command.threads, "threads")
        let output = try command.required(command.output, "output")
        let attributes = try CatalogueAttributes(command)
        var blocks = [EmbeddingSpace.Block(name: .image, kind: .dense(dimension: dimension, recipe: recipe))]
        if let attributes { blocks.append(EmbeddingSpace.Block(metadata: attributes.encoder)) }
        var builder = IndexBuilder(space: EmbeddingSpace(blocks: blocks), capacity: count)
        var time = Duration.zero
        try vectors.forEachChunk { first, chunk in
            let products = try chunk.indices.map { offset in
                try attributes?.product(at: first + offset) ?? Product(id: ProductID(String(first + offset)))
            }
            let start = ContinuousClock.now
            for (product, vector) in zip(products, chunk) {
                var embedding = Embedding([.image: .dense(try DenseVector(normalizing: vector, recipe: recipe))])
                if let codes = try attributes?.encoder.encode(product) { embedding[.metadata] = .oneHot(codes) }
                try builder.add(product, embedding)
            }
            time += ContinuousClock.now - start
        }
        let start = ContinuousClock.now
        let isGraph = command.method == "graph"
        let index = try await builder.build(codes: isGraph ? .never : .always, graph: isGraph, threads: threads)
        time += ContinuousClock.now - start
        try await index.write(to: output)
        return time
    }
}
