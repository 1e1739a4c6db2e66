import Foundation
import NIOPosix
import RecCore
import RecIndex

/// An index of any kind, open for searching and, where it can be changed, for changes.
struct OpenIndex: Sendable {
    /// The identity of this opening; copies share it.
    let id = UUID()

    /// The live folder, so that it is not opened twice; `nil` for other indexes.
    let folder: FileIdentity?

    /// What is searched.
    private(set) var index: any SimilarityIndex

    /// The same index for changes; `nil` for a file, which never changes.
    let changes: (any MutableSimilarityIndex)?

    /// Texts that are stored with the index: where its weights are, what its encoder does with unknown values.
    let notes: [String: String]

    /// The number of the last change, where the index counts them.
    let version: @Sendable () -> UInt64?

    /// The failure of work in the background, if there is one.
    let fault: @Sendable () -> RecError?

    /// Puts all changes on the disk and frees the index for other processes.
    let close: @Sendable () async throws -> Void
}

extension OpenIndex {
    /// An index file.
    init(file index: Index) {
        self.init(
            folder: nil,
            index: index,
            changes: nil,
            notes: index.notes,
            version: { 0 },
            fault: { nil },
            close: {}
        )
    }

    /// A live folder.
    init(live index: LiveIndex, path: String) {
        self.init(
            folder: FileIdentity(path),
            index: index,
            changes: index,
            notes: index.notes,
            version: { index.snapshot.version },
            fault: { index.maintenanceError },
            close: { try await index.close() }
        )
    }

    /// An engine across a network.
    init(
        engine index: some MutableSimilarityIndex,
        notes: [String: String],
        close: @escaping @Sendable () -> Void
    ) {
        self.init(
            folder: nil,
            index: index,
            changes: index,
            notes: notes,
            version: { nil },
            fault: { nil },
            close: { close() }
        )
    }

    /// Opens what a setting names.
    ///
    /// - Parameters:
    ///   - place: A path or an address.
    ///   - graph: Whether new segments of a live folder get a graph.
    /// - Returns: The index, open.
    /// - Throws: `RecError`, with code `file-not-found` when there is nothing at a path.
    static func open(_ place: String, graph: Bool) async throws -> OpenIndex {
        if EngineAddress.isAddress(place) { return try await EngineAddress.open(place) }
        return try await NIOThreadPool.singleton.runIfActive {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
            if isThere, !isFolder.boolValue { return OpenIndex(file: try Index.open(path: place)) }
            return OpenIndex(live: try LiveIndex(path: place, options: .init(graph: graph)), path: place)
        }
    }
}

extension OpenIndex {
    /// The number of products below which a comparison with all of them takes no longer than a walk through a graph.
    private static let fewest = 1000

    /// Makes searches find a share of the nearest products, measured on products of the index; with 1 they are exact.
    ///
    /// - Returns: The effort and the share that was measured; `nil` for an engine, whose address says how it is
    ///   searched.
    mutating func setRecall(_ recall: Double) async throws -> (effort: SearchEffort, recall: Double)? {
        switch index {
        case var file as Index:
            let chosen = try await Self.leastEffort(forRecall: recall, in: file)
            file.effort = chosen.effort
            index = file
            return chosen
        case let live as LiveIndex:
            let chosen = try await Self.leastEffort(forRecall: recall, in: live.snapshot)
            live.effort = chosen.effort
            return chosen
        default:
            return nil
        }
    }

    private static func leastEffort(
        forRecall recall: Double,
        in index: Index
    ) async throws -> (effort: SearchEffort, recall: Double) {
        recall < 1 && index.count >= fewest ? try await index.leastEffort(forRecall: recall) : (.exact, 1)
    }

    /// The products of some identifiers, in their order.
    func products(_ ids: [ProductID]) async throws -> [Product?] {
        guard !ids.isEmpty else { return [] }
        return try await index.products(ids, ProductContents(product: true)).map { $0?.product }
    }

    /// A product.
    ///
    /// - Throws: `RecError` with code `unknown-product`.
    func product(_ id: ProductID) async throws -> Product {
        guard let product = try await products([id])[0] else {
            throw RecError(.unknownProduct, "There is no product '\(id)'.")
        }
        return product
    }
}

// `Recommender` is generic over its index, whose type is known here at run time only: these calls open it.
extension SimilarityIndex {
    func similar(
        to id: ProductID,
        count: Int,
        offset: Int,
        weighting: Weighting,
        filter: AttributeFilter?
    ) async throws -> [Neighbor] {
        try await Recommender(index: self)
            .similar(to: id, count: count, offset: offset, weighting: weighting, filter: filter)
    }

    func similar(
        to embedding: Embedding,
        count: Int,
        offset: Int,
        weighting: Weighting,
        filter: AttributeFilter?
    ) async throws -> [Neighbor] {
        try await Recommender(index: self)
            .similar(to: embedding, count: count, offset: offset, weighting: weighting, filter: filter)
    }

    func recommend(_ query: RecommendationQuery) async throws -> [Recommendation] {
        try await Recommender(index: self).recommend(query)
    }
}
