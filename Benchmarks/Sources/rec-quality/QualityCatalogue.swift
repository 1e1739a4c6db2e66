import Foundation
import RecCore
import RecEvaluation
import RecIndex
import RecMetadata

/// A catalogue with features and attributes, split in halves.
struct QualityCatalogue {
    /// The attribute that says what is relevant; it is not encoded.
    static let judge = "articleType"
    private static let encoded = ["gender", "baseColour", "season", "usage"]

    /// Products, in the order of a shuffle, with their embeddings; the first half is fitted to.
    private let products: [EmbeddedProduct]
    private let space: EmbeddingSpace

    /// Reads the files.
    init(vectors: String, dimension: Int, ids: String, styles: String) async throws {
        let all = try await CSVCatalogue(path: styles).read().products
        let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        let rows = try String(contentsOfFile: ids, encoding: .utf8).split(separator: "\n").map { ProductID(String($0)) }
        let encoder = try OneHotEncoder(
            fitting: rows.compactMap { byID[$0] },
            attributes: Self.encoded.map { .init($0) }
        )
        let recipe: Recipe = ["vectors": "\(dimension) components"]
        let file = try FileHandle(forReadingFrom: URL(filePath: vectors))
        defer { try? file.close() }
        var products: [EmbeddedProduct] = []
        for id in rows {
            let bytes = [UInt8](try file.read(upToCount: 4 * dimension) ?? Data())
            guard bytes.count == 4 * dimension else { break }
            guard let product = byID[id] else { continue }
            let numbers = stride(from: 0, to: bytes.count, by: 4).map { start in
                Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
            }
            var embedding = Embedding([.image: .dense(try DenseVector(normalizing: numbers, recipe: recipe))])
            embedding[.metadata] = try encoder.encode(product).map { .oneHot($0) }
            products.append(EmbeddedProduct(product: product, embedding: embedding))
        }
        // A multiplicative hash of the identifier shuffles in the same way on every machine.
        self.products = products.sorted { Self.hash($0) < Self.hash($1) }
        space = EmbeddingSpace(blocks: [
            .init(name: .image, kind: .dense(dimension: dimension, recipe: recipe)), .init(metadata: encoder),
        ])
    }

    private init(products: [EmbeddedProduct], space: EmbeddingSpace) {
        self.products = products
        self.space = space
    }

    private static func hash(_ product: EmbeddedProduct) -> UInt64 {
        product.product.id.rawValue.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
            &* 0x9E37_79B9_7F4A_7C15
    }

    /// The products that weights are learned from.
    var fitQueries: Set<ProductID> { Set(products[..<(products.count / 2)].map(\.product.id)) }

    /// The products that are asked.
    var testQueries: [ProductID] { products[(products.count / 2)...].prefix(5000).map(\.product.id) }

    /// The number of components of a picture's vector.
    var dimension: Int? { products.lazy.compactMap { $0.embedding[.image]?.vector?.components.count }.first }

    /// Fits a plan to vectors of the first half, with the judge's values as groups.
    func fit(_ plan: PostProcessing) async throws -> EmbeddingTransform {
        let sample = products[..<(products.count / 2)].prefix(10_000)
        let vectors = sample.compactMap { item in
            item.embedding[.image]?.vector
        }
        return try await plan.fit(to: vectors, groups: sample.map { $0.product[Self.judge].first })
    }

    /// The catalogue with the image blocks transformed.
    func transformed(by transform: EmbeddingTransform?) throws -> QualityCatalogue {
        guard let transform else { return self }
        return QualityCatalogue(
            products: try products.map { try transform.apply(to: $0) },
            space: try transform.apply(to: space)
        )
    }

    /// An index of all products.
    func index() async throws -> Index {
        var builder = IndexBuilder(space: space, capacity: products.count)
        for item in products { try builder.add(item.product, item.embedding) }
        return try await builder.build(codes: .always)
    }

    /// The share of the ten nearest products that the judge calls relevant, over the test queries.
    func precision(
        of index: Index,
        _ weighting: Weighting
    ) throws -> Double {
        let queries = testQueries
        var hits = 0
        for start in stride(from: 0, to: queries.count, by: 128) {
            let part = Array(queries[start..<min(start + 128, queries.count)])
            let answers = try index.neighbors(of: part, count: 10, weighting: weighting)
            for (id, neighbors) in zip(part, answers) {
                let wanted = index.product(id)?[Self.judge]
                hits += neighbors.count { index.product($0.id)?[Self.judge] == wanted }
            }
        }
        return Double(hits) / Double(10 * queries.count)
    }
}
