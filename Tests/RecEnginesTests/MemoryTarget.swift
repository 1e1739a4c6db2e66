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
        /// Its searches miss the nearest product, unless they are exact.
        case missing
    }

    struct Stopped: Error {}

    private struct State {
        var products: [ProductID: EmbeddedProduct] = [:]
        var changes = 0
        var fault: Fault
    }

    /// What a target and the same with exact searches share.
    private final class Contents: Sendable {
        let state: LockedValue<State>

        init(_ fault: Fault) { state = LockedValue(State(fault: fault)) }
    }

    let space: EmbeddingSpace
    private let contents: Contents
    private let isExact: Bool

    private init(_ target: MemoryTarget) {
        (space, contents, isExact) = (target.space, target.contents, true)
    }

    init(space: EmbeddingSpace, products: [EmbeddedProduct] = [], fault: Fault = .none) {
        self.space = space
        contents = Contents(fault)
        isExact = false
        contents.state.withLock { $0.products = Dictionary(uniqueKeysWithValues: products.map { ($0.product.id, $0) }) }
    }

    /// The number of calls that changed something.
    var changes: Int { contents.state.withLock { $0.changes } }

    var products: [EmbeddedProduct] {
        contents.state.withLock { $0.products.values.sorted { $0.product.id < $1.product.id } }
    }

    func behave() { contents.state.withLock { $0.fault = .none } }

    var searchedExactly: MemoryTarget { MemoryTarget(self) }

    func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int {
        try contents.state.withLock { state in
            let fault = state.fault
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

    func productCount() async throws -> Int { contents.state.withLock { $0.products.count } }

    func attributeNames() async throws -> [String] { index.attributes }

    func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] {
        let answers = try await index.search(queries)
        guard case .missing = contents.state.withLock({ $0.fault }), !isExact else { return answers }
        return answers.map { Array($0.dropFirst()) }
    }

    func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        try await index.products(ids, contents)
    }

    func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        index.page(after: id, count: limit)
    }
}
