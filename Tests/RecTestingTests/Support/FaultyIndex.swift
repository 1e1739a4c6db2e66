import RecCompute
import RecCore
import RecTesting

/// An index that has its answers from a reference and breaks one promise.
final class FaultyIndex: SimilarityIndex {
    /// The promise that is broken; the text is part of what the suite says of it.
    enum Fault: String, CaseIterable, Sendable {
        /// The first two neighbours are exchanged.
        case unordered = "should come before the one above"
        /// The last neighbour is missing.
        case short = "neighbours instead of"
        /// The first neighbour takes the place of the last as well.
        case repeated = "a product occurs twice"
        /// Filters and excluded products are not looked at.
        case unfiltered = "does not match the query"
        /// Block weights are the standard ones.
        case ignoresBlockWeights = "has a wrong score"
        /// Attribute weights are those of the space.
        case ignoresAttributeWeights = "has a wrong cosine"
        /// Cosines of a block that is present are left out.
        case withholdsCosines = "is missing on one side only"
        /// Equal products come in the reverse order of their identifiers.
        case reversesTies = "equal products must follow each other by identifier"
        /// A product that was found is gone.
        case mutates = "the same question has the same answer"
        /// A query too many is answered.
        case talkative = "every query must have an answer"
        /// What does not fit is answered with nothing.
        case lenient = "an error was expected but none was thrown"
        /// Every fault has the same code.
        case vague = "the documented code"
        /// Group limits are not looked at.
        case ungrouped = "groups are as from the top of the ranking"
        /// Products that it does not have are left out of an answer.
        case forgetful = "every identifier has a place in the answer"
        /// Products come with all they have.
        case greedy = "nothing comes that was not asked for"
        /// A page after an unknown identifier is the first one.
        case restarts = "a page after an identifier that is not in the index"
        /// A page begins with the identifier that it follows.
        case overlaps = "pages of"
        /// A list has all products, whether or not they match.
        case lists = "a page of those that match"
        /// A list counts the products of its page.
        case countsPage = "all that match are counted"
        /// Values come in the order of their spelling.
        case spells = "values by their frequency"
        /// The catalogue has a product more.
        case miscounts = "every product is counted"
        /// Attributes come in no order.
        case shuffles = "the attributes are those of the products"
    }

    private let base: ReferenceIndex
    private let fault: Fault?
    private let gone = LockedValue<Set<ProductID>>([])

    init(_ base: ReferenceIndex, _ fault: Fault?) {
        self.base = base
        self.fault = fault
    }

    var space: EmbeddingSpace { base.space }

    func productCount() async throws -> Int { base.count + (fault == .miscounts ? 1 : 0) }

    func attributeNames() async throws -> [String] { fault == .shuffles ? base.attributes.reversed() : base.attributes }

    func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        if fault == .restarts, let id, base.product(id) == nil { return base.page(after: nil, count: limit) }
        guard fault == .overlaps, let id else { return base.page(after: id, count: limit) }
        return Array(([id] + base.page(after: id, count: limit)).prefix(limit))
    }

    func matches(
        of filter: AttributeFilter?,
        offset: Int,
        count: Int
    ) async throws -> (ids: [ProductID], total: Int) {
        var page = try await base.matches(of: filter, offset: offset, count: count)
        if fault == .lists { page.ids = try await base.matches(of: nil, offset: offset, count: count).ids }
        if fault == .countsPage { page.total = page.ids.count }
        return page
    }

    func valueCounts(of attribute: String) async throws -> [(value: String, count: Int)] {
        let counts = try await base.valueCounts(of: attribute)
        return fault == .spells ? counts.sorted { $0.value < $1.value } : counts
    }

    func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        let found = try await base.products(ids, fault == .greedy ? .all : contents)
        return fault == .forgetful ? found.filter { $0 != nil } : found
    }

    func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] {
        do {
            let answers = try queries.map { spoiled(try base.neighbors(altered($0))) }
            return fault == .talkative ? answers + [[]] : answers
        } catch {
            if fault == .lenient { return queries.map { _ in [] } }
            throw fault == .vague ? RecError(.invalidProduct, error.localizedMessage) : error
        }
    }

    /// The query that is asked instead.
    private func altered(_ query: SearchQuery) -> SearchQuery {
        var query = query
        switch fault {
        case .unfiltered:
            query.filter = nil
            query.excluded = []
        case .ignoresBlockWeights: query.weighting.blocks = .standard
        case .ignoresAttributeWeights: query.weighting.attributes = [:]
        case .ungrouped: query.groups = []
        case .mutates: query.excluded.formUnion(gone.withLock { $0 })
        default: break
        }
        return query
    }

    /// What becomes of an answer.
    private func spoiled(_ answer: [Neighbor]) -> [Neighbor] {
        var answer = answer
        switch fault {
        case .unordered where answer.count > 1: answer.swapAt(0, 1)
        case .short where !answer.isEmpty: answer.removeLast()
        case .repeated where answer.count > 1: answer[answer.count - 1] = answer[0]
        case .withholdsCosines:
            answer = answer.map { neighbor in
                let names = neighbor.cosines.names
                let none = BlockCosines(names: names, values: names.map { _ in nil })
                return Neighbor(id: neighbor.id, score: neighbor.score, cosines: none)
            }
        case .reversesTies: answer.sort { $0.score == $1.score ? $0.id > $1.id : $0.score > $1.score }
        case .mutates: if let first = answer.first { gone.withLock { _ = $0.insert(first.id) } }
        default: break
        }
        return answer
    }
}

extension Error {
    fileprivate var localizedMessage: String { (self as? RecError)?.message ?? "" }
}
