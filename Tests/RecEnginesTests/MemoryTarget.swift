import RecCompute
import RecCore
import RecEngines
import RecTesting

/// A target in memory that can be told to misbehave.
final class MemoryTarget: PublishTarget {
    /// What it does wrong.
    enum Fault: Sendable {
        case none
        /// It throws when it has taken this many changes, as an engine that went away.
        case stopping(after: Int)
        /// It acknowledges products of this identifier and does not keep them.
        case losing(ProductID)
        /// It keeps these attributes and this embedding under another identifier.
        case swapping(ProductID, ProductID)
    }

    struct Stopped: Error {}

    private struct State {
        var products: [ProductID: EmbeddedProduct] = [:]
        var changes = 0
    }

    let space: EmbeddingSpace
    private let state = LockedValue(State())
    private let fault: LockedValue<Fault>

    init(space: EmbeddingSpace, products: [EmbeddedProduct] = [], fault: Fault = .none) {
        self.space = space
        self.fault = LockedValue(fault)
        state.withLock { $0.products = Dictionary(uniqueKeysWithValues: products.map { ($0.product.id, $0) }) }
    }

    /// The number of calls that changed something.
    var changes: Int { state.withLock { $0.changes } }

    var products: [EmbeddedProduct] {
        state.withLock { $0.products.values.sorted { $0.product.id < $1.product.id } }
    }

    func behave() { fault.withLock { $0 = .none } }

    func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int {
        let fault = fault.withLock { $0 }
        return try state.withLock { state in
            if case .stopping(let limit) = fault, state.changes >= limit { throw Stopped() }
            state.changes += 1
            for item in products {
                if case .losing(item.product.id) = fault { continue }
                state.products[item.product.id] = item
            }
            if case .swapping(let first, let second) = fault, let left = state.products[first],
                let right = state.products[second]
            {
                state.products[first] = EmbeddedProduct(product: left.product, embedding: right.embedding)
                state.products[second] = EmbeddedProduct(product: right.product, embedding: left.embedding)
            }
            return ids.count { state.products.removeValue(forKey: $0) != nil }
        }
    }

    private var index: ReferenceIndex { ReferenceIndex(space: space, products: products) }

    func productCount() async throws -> Int { state.withLock { $0.products.count } }

    func attributeNames() async throws -> [String] { index.attributes }

    func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] { try await index.search(queries) }

    func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        try await index.products(ids, contents)
    }

    func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        index.page(after: id, count: limit)
    }
}
