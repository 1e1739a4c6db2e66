public import RecCore
internal import Testing

/// Checks that an index keeps the promises of `SimilarityIndex`.
///
/// Call it from a test; what fails is recorded as issues of that test.
/// ```swift
/// @Test func `keeps the promises of an index`() throws {
///     try SimilarityIndexConformance { space, products in try MyIndex(space: space, products) }.check(seed: 1)
/// }
/// ```
public struct SimilarityIndexConformance: Sendable {
    /// Makes the index under test.
    public typealias Make = @Sendable (EmbeddingSpace, [EmbeddedProduct]) throws -> any SimilarityIndex

    private let make: Make
    private let tolerance: Double

    /// Creates the checks.
    ///
    /// - Parameters:
    ///   - tolerance: How far a score may be from double precision.
    ///   - make: Makes the index under test.
    public init(tolerance: Double = 1e-6, make: @escaping Make) {
        self.tolerance = tolerance
        self.make = make
    }

    /// Runs all checks on a catalogue made from a seed.
    public func check(seed: UInt64, count: Int = 400) throws {
        let catalogue = RandomCatalogue(count: count, seed: seed)
        let index = try make(catalogue.space, catalogue.products)
        try checkContent(index, catalogue)
        try checkAnswers(index, catalogue, seed: seed)
        try checkEdges(index, catalogue)
        try checkRefusals(index, catalogue)
        let empty = try make(catalogue.space, [])
        #expect(empty.count == 0)
        #expect(try empty.neighbors(SearchQuery(catalogue.queries[0])).isEmpty)
    }

    /// What went in comes out.
    private func checkContent(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) throws {
        #expect(index.space == catalogue.space)
        #expect(index.count == catalogue.products.count)
        for item in catalogue.products {
            #expect(index.product(item.product.id) == item.product)
            #expect(try index.embedding(of: item.product.id) == item.embedding)
        }
        #expect(index.product("nobody") == nil)
        #expect(try index.embedding(of: "nobody") == nil)
    }

    /// Exactly `min(count, matching)` neighbours, in the right order, whatever the filter, the weights and the fusion.
    private func checkAnswers(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue, seed: UInt64) throws {
        let reference = ReferenceIndex(space: catalogue.space, products: catalogue.products)
        let known = Set(catalogue.products.flatMap { $0.product["share"].values })
        let filters: [AttributeFilter?] =
            [
                nil, .all([]), .any([]), .not(.has("share", "50%")), .number("price", in: 10..<15),
                .not(.number("price", in: 12...)),
                .has("colour", anyOf: ["Red", "Navy Blue", "Mauve"]),
            ]
            + known.sorted().map { .has("share", $0) }
            + [.all([.has("share", "50%"), .any([.has("tags", "a"), .has("season", "Fall")])])]
        let fusions: [any Fusion] =
            try [0, 0.3, 0.8, 1].map { WeightedFusion(try BlockWeights(image: $0)) } + [LeastCosine()]
        var random = SeededGenerator(seed: seed)
        for embedding in catalogue.queries {
            for fusion in fusions {
                for filter in filters {
                    var query = SearchQuery(embedding, fusion: fusion, filter: filter)
                    query.count =
                        [1, 10, 50, catalogue.products.count, 1_000_000_000].randomElement(using: &random) ?? 1
                    query.excluded = [catalogue.products.randomElement(using: &random)?.product.id ?? "", "nobody"]
                    query.minimumScore = [nil, 0.2].randomElement(using: &random) ?? nil
                    query.attributeWeights =
                        [[:], [:], ["colour": 0], ["season": 3, "tags": 0], ["colour": 0, "season": 0, "tags": 0]]
                        .randomElement(using: &random) ?? [:]
                    compare(try index.neighbors(query), with: reference.matches(query), query)
                }
            }
        }
    }

    private func compare(_ answer: [Neighbor], with matches: [Neighbor], _ query: SearchQuery) {
        // A product whose score is within rounding of the threshold may be on either side of it.
        let threshold = query.minimumScore ?? -.infinity
        let unsure = matches.count { abs($0.score - threshold) <= tolerance }
        let expected = min(query.count, matches.count)
        var problems: [String] = []
        func check(_ isGood: Bool, _ problem: @autoclosure () -> String) {
            if !isGood { problems.append(problem()) }
        }
        check(
            answer.count >= min(query.count, matches.count - unsure) && answer.count <= expected + unsure,
            "\(answer.count) neighbours instead of \(expected)"
        )
        check(Set(answer.map(\.id)).count == answer.count, "a product occurs twice")
        let byID = Dictionary(uniqueKeysWithValues: matches.map { ($0.id, $0) })
        for (rank, neighbor) in answer.enumerated() {
            if rank > 0 { check(answer[rank - 1].precedes(neighbor), "rank \(rank) should come before the one above") }
            if rank < matches.count {
                check(
                    abs(neighbor.score - matches[rank].score) <= tolerance,
                    "rank \(rank) has not the best score left"
                )
            }
            guard let match = byID[neighbor.id] else {
                check(abs(neighbor.score - threshold) <= tolerance, "\(neighbor.id) does not match the query")
                continue
            }
            check(abs(neighbor.score - match.score) <= tolerance, "\(neighbor.id) has a wrong score")
            for name in match.cosines.names {
                switch (neighbor.cosines[name], match.cosines[name]) {
                case (let cosine?, let expected?):
                    check(abs(cosine - expected) <= tolerance && abs(cosine) <= 1, "\(neighbor.id) has a wrong cosine")
                case (nil, nil):
                    break
                default:
                    check(false, "block \(name) of \(neighbor.id) is missing on one side only")
                }
            }
        }
        #expect(problems.isEmpty)
    }

    /// Equal products in order of their identifiers, a product nearest to itself with a score of 1, empty answers.
    private func checkEdges(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) throws {
        for item in catalogue.products.prefix(40) {
            let answer = try index.neighbors(SearchQuery(item.embedding, count: catalogue.products.count))
            let equal = catalogue.products.filter { $0.embedding == item.embedding }.map(\.product.id).sorted()
            let found = answer.filter { equal.contains($0.id) }
            #expect(found.map(\.id) == equal, "equal products must follow each other by identifier")
            #expect(Set(found.map(\.score)).count == 1, "equal products must have equal scores")
            #expect(found.allSatisfy { abs($0.score - 1) <= tolerance })
        }
        let query = SearchQuery(catalogue.queries[0], count: 0)
        #expect(try index.neighbors(query).isEmpty)
        #expect(try index.neighbors(SearchQuery(catalogue.queries[0], minimumScore: 2)).isEmpty)
    }

    /// What does not fit is refused with the documented code.
    private func checkRefusals(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) throws {
        let good = catalogue.queries[0]
        let other = RandomCatalogue(count: 0, seed: .max)
        let short = RandomCatalogue(count: 0, dimension: 3, seed: .max)
        expect(.noSharedBlock) { try index.neighbors(SearchQuery(Embedding([:]))) }
        expect(.recipeMismatch) { try index.neighbors(SearchQuery(other.queries[0])) }
        expect(.recipeMismatch) { try index.neighbors(SearchQuery(short.queries[0])) }
        expect(.invalidQuery) { try index.neighbors(SearchQuery(good, count: -1)) }
        expect(.invalidQuery) { try index.neighbors(SearchQuery(good, minimumScore: .nan)) }
        expect(.invalidWeight) { try index.neighbors(SearchQuery(good, attributeWeights: ["colour": -1])) }
        expect(.invalidWeight) { try index.neighbors(SearchQuery(good, attributeWeights: ["colour": .nan])) }
        expect(.unknownAttribute) { try index.neighbors(SearchQuery(good, attributeWeights: ["size": 1])) }
        for filter: AttributeFilter in [.has("size", "XL"), .not(.any([.has("colour", "Red"), .has("size", "XL")]))] {
            expect(.unknownAttribute) { try index.neighbors(SearchQuery(good, filter: filter)) }
            expect(.unknownAttribute) { try index.neighbors(SearchQuery(good, count: 0, filter: filter)) }
            expect(.unknownAttribute) {
                try index.neighbors(forAll: [SearchQuery(good), SearchQuery(good, count: 0, filter: filter)])[0]
            }
        }
    }

    private func expect(_ code: RecCoreError.Code, _ body: () throws -> [Neighbor]) {
        let error = #expect(throws: RecCoreError.self) { try body() }
        #expect(error?.code == code)
    }
}

/// A fusion that is no weighted mean, for the general path of an index.
private struct LeastCosine: Fusion {
    func score(_ cosines: BlockCosines) -> Double? { cosines.values.compactMap { $0 }.min() }
}
