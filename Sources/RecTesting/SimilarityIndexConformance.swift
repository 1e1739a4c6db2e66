public import RecCore
internal import Testing

/// Checks that an index keeps the promises of `SimilarityIndex`, and those of `LocalIndex` if it is one.
///
/// Call it from a test; what fails is recorded as issues of that test.
/// ```swift
/// @Test func `keeps the promises of an index`() async throws {
///     try await SimilarityIndexConformance { space, products in try MyIndex(space: space, products) }.check(seed: 1)
/// }
/// ```
public struct SimilarityIndexConformance: Sendable {
    /// Problems of one embedding's answers that are printed.
    private static let shownProblems = 20

    private let make: @Sendable (EmbeddingSpace, [EmbeddedProduct]) async throws -> any SimilarityIndex
    private let tolerance: Double
    private let refusesFusions: Bool

    /// Creates the checks.
    ///
    /// - Parameters:
    ///   - tolerance: How far a score may be from double precision.
    ///   - refusesFusions: Whether the index throws a `RecError` of kind `invalidRequest` for a formula of the host's
    ///     own.
    ///   - make: Makes the index under test.
    public init(
        tolerance: Double = 1e-6,
        refusesFusions: Bool = false,
        make: @escaping @Sendable (EmbeddingSpace, [EmbeddedProduct]) async throws -> any SimilarityIndex
    ) {
        self.tolerance = tolerance
        self.refusesFusions = refusesFusions
        self.make = make
    }

    /// Runs all checks on a catalogue made from a seed.
    public func check(seed: UInt64, count: Int = 400) async throws {
        let catalogue = RandomCatalogue(count: count, seed: seed)
        let index = try await make(catalogue.space, catalogue.products)
        try await checkRepetition(index, catalogue)
        try await checkContent(index, catalogue)
        try await checkPages(index, catalogue)
        try await checkListing(index, catalogue)
        try await checkAnswers(index, catalogue, seed: seed)
        try await checkGroups(index, catalogue, seed: seed)
        try await checkEdges(index, catalogue)
        try await checkRefusals(index, catalogue)
        if let local = index as? any LocalIndex { try await checkLocal(local, catalogue) }
        let empty = try await make(catalogue.space, [])
        #expect(try await empty.productCount() == 0)
        #expect(try await empty.ids(after: nil, count: 10).isEmpty)
        #expect(try await empty.matches(of: nil, offset: 0, count: 10).total == 0)
        #expect(try await empty.valueCounts(of: "colour").isEmpty)
        #expect(try await empty.search([SearchQuery(catalogue.queries[0])]) == [[]])
    }

    /// Searching changes nothing.
    private func checkRepetition(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) async throws {
        let queries = catalogue.queries.map { SearchQuery($0, count: 5) }
        let first = try await index.search(queries)
        #expect(try await index.search(queries) == first, "the same question has the same answer")
    }

    /// What went in comes out, in the order asked for and as much as asked for.
    private func checkContent(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) async throws {
        #expect(index.space == catalogue.space)
        #expect(try await index.productCount() == catalogue.products.count, "every product is counted")
        let names = Set(catalogue.products.flatMap { $0.product.attributes.keys })
        #expect(
            try await index.attributeNames() == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
            "the attributes are those of the products"
        )
        let items = Array(catalogue.products.reversed())
        let found = try await index.products(items.map(\.product.id) + ["nobody"], .all)
        #expect(found.count == items.count + 1, "every identifier has a place in the answer")
        #expect(found.last == .some(nil), "a product that is not in the index")
        let twice = try await index.products([items[0].product.id, items[0].product.id], .all)
        #expect(twice.count == 2 && twice[0] == found[0] && twice[1] == found[0], "an identifier that occurs twice")
        for (item, found) in zip(items, found) {
            #expect(found?.id == item.product.id)
            #expect(found?.product == item.product)
            #expect(found?.embedding == item.embedding)
        }
        let ids = items.prefix(20).map(\.product.id)
        #expect(
            try await index.products(ids, .none).allSatisfy { $0 != nil && $0?.product == nil && $0?.embedding == nil },
            "nothing comes that was not asked for"
        )
        for (item, found) in zip(items, try await index.products(ids, ProductContents(blocks: .only([.metadata])))) {
            #expect(found?.embedding == Embedding(item.embedding.blocks.filter { $0.key == .metadata }))
        }
        #expect(try await index.products([], .all).isEmpty)
    }

    /// Pages follow each other through the whole catalogue.
    private func checkPages(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) async throws {
        let ids = catalogue.products.map(\.product.id).sorted()
        for limit in [1, 7, ids.count, 1_000_000] {
            var read: [ProductID] = []
            while true {
                let page = try await index.ids(after: read.last, count: limit)
                #expect(page.count <= limit)
                read += page
                if page.count < limit || read.count > ids.count { break }
            }
            #expect(read == ids, "pages of \(limit)")
        }
        let between = try await index.ids(after: ProductID(ids[3].rawValue + " "), count: 2)
        #expect(between == Array(ids[4..<6]), "a page after an identifier that is not in the index")
    }

    /// Lists have the products that match, in the order of their identifiers, and values are counted.
    private func checkListing(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) async throws {
        let products = catalogue.products.map(\.product).sorted { $0.id < $1.id }
        let filters: [AttributeFilter?] = [
            nil, .has("colour", anyOf: ["Red", "Blue"]), .not(.has("tags", "a")), .number("price", in: 9..<14),
            .all([.has("share", "50%"), .has("season", "Fall")]), .has("colour", "Mauve"),
        ]
        for filter in filters {
            let matching = products.filter { filter?.matches($0) ?? true }.map(\.id)
            for (offset, count) in [(0, 5), (3, 7), (0, Int.max), (matching.count, 5), (Int.max, Int.max), (2, 0)] {
                let page = try await index.matches(of: filter, offset: offset, count: count)
                #expect(page.ids == Array(matching.dropFirst(offset).prefix(count)), "a page of those that match")
                #expect(page.total == matching.count, "all that match are counted")
            }
        }
        for name in ["colour", "tags", "price", "no such attribute"] {
            var counts: [ByteString: Int] = [:]
            for value in products.flatMap({ $0[name].values }) { counts[ByteString(value), default: 0] += 1 }
            let expected = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let found = try await index.valueCounts(of: name)
            #expect(found.map(\.value) == expected.map(\.key.text), "values by their frequency")
            #expect(found.map(\.count) == expected.map(\.value), "values are counted")
        }
        for (offset, count) in [(-1, 5), (0, -1)] {
            let error = await #expect(throws: RecError.self) {
                _ = try await index.matches(of: nil, offset: offset, count: count)
            }
            #expect(error?.code == .invalidQuery, "the documented code")
        }
        let error = await #expect(throws: RecError.self) {
            _ = try await index.matches(of: .has("no such attribute", "x"), offset: 0, count: 1)
        }
        #expect(error?.code == .unknownAttribute, "the documented code")
    }

    /// Groups are as if the ranking were gone through from the top.
    private func checkGroups(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue, seed: UInt64) async throws {
        let byID = Dictionary(uniqueKeysWithValues: catalogue.products.map { ($0.product.id, $0) })
        let caps: [[GroupCap]] = [
            [GroupCap(attribute: "colour", count: 2)],
            [GroupCap(attribute: "tags", count: 3), GroupCap(attribute: "price", count: 1)],
            [
                GroupCap(
                    attribute: "colour",
                    count: 2,
                    taken: ["Red": 1, "White": 5],
                    counted: [catalogue.products[7].product.id]
                )
            ],
        ]
        for (embedding, caps) in zip(catalogue.queries, caps + caps) {
            let all = try await index.search([SearchQuery(embedding, count: .max)])[0]
            let queries = [1, 12, catalogue.products.count].map {
                SearchQuery(embedding, count: $0, groups: caps, contents: .all)
            }
            for (query, answer) in zip(queries, try await index.search(queries)) {
                var open = caps
                let expected = all.filter { neighbor in
                    byID[neighbor.id].map { open.admit($0.product) } ?? false
                }.prefix(query.count)
                #expect(answer.map(\.id) == expected.map(\.id), "groups are as from the top of the ranking")
                #expect(answer.map(\.score) == expected.map(\.score))
                #expect(
                    answer.allSatisfy { $0.product == byID[$0.id]?.product && $0.embedding == byID[$0.id]?.embedding }
                )
            }
        }
    }

    /// The synchronous face says the same as the asynchronous one.
    private func checkLocal(_ index: some LocalIndex, _ catalogue: RandomCatalogue) async throws {
        #expect(index.count == catalogue.products.count)
        #expect(index.attributes == (try await index.attributeNames()))
        for item in catalogue.products {
            #expect(index.product(item.product.id) == item.product, "products are found one by one")
            #expect(try index.embedding(of: item.product.id) == item.embedding, "embeddings are found one by one")
        }
        #expect(index.product("nobody") == nil)
        #expect(try index.embedding(of: "nobody") == nil)
        let queries = catalogue.queries.map { SearchQuery($0, contents: ProductContents(product: true)) }
        let answers = try await index.search(queries)
        #expect(
            try queries.map { try index.neighbors($0) } == answers,
            "queries together are answered as one by one"
        )
        #expect(try index.neighbors(forAll: queries) == answers, "both faces give the same answers")
    }

    /// Exactly `min(count, matching)` neighbours, in the right order, whatever the filter, the weights and the fusion.
    private func checkAnswers(
        _ index: any SimilarityIndex,
        _ catalogue: RandomCatalogue,
        seed: UInt64
    ) async throws {
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
        let weightings =
            try [0, 0.3, 0.8, 1].map { Weighting(try BlockWeights(image: $0)) }
            + (refusesFusions ? [] : [Weighting(fusion: LeastCosine())])
        var random = SeededGenerator(seed: seed)
        for embedding in catalogue.queries {
            // One search for all of them, since an engine has a round trip for each.
            var queries: [SearchQuery] = []
            for weighting in weightings {
                for filter in filters {
                    var query = SearchQuery(embedding, weighting: weighting, filter: filter)
                    query.count =
                        [1, 10, 50, catalogue.products.count, 1_000_000_000].randomElement(using: &random) ?? 1
                    query.excluded = [catalogue.products.randomElement(using: &random)?.product.id ?? "", "nobody"]
                    query.minimumScore = [nil, 0.2].randomElement(using: &random) ?? nil
                    query.weighting.attributes =
                        [[:], [:], ["colour": 0], ["season": 3, "tags": 0], ["colour": 0, "season": 0, "tags": 0]]
                        .randomElement(using: &random) ?? [:]
                    queries.append(query)
                }
            }
            let answers = try await index.search(queries)
            #expect(answers.count == queries.count, "every query must have an answer")
            // One issue for a query's answers, so that a broken index does not flood the output.
            var problems: [String] = []
            for (query, answer) in zip(queries, answers) {
                problems += self.problems(of: answer, with: reference.matches(query), query)
            }
            #expect(problems.prefix(Self.shownProblems).isEmpty, "\(problems.count) problems")
        }
    }

    private func problems(of answer: [Neighbor], with matches: [Neighbor], _ query: SearchQuery) -> [String] {
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
        return problems
    }

    /// Equal products in order of their identifiers, a product nearest to itself with a score of 1, empty answers.
    private func checkEdges(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) async throws {
        let items = catalogue.products.prefix(40)
        let queries = items.map { SearchQuery($0.embedding, count: catalogue.products.count) }
        let answers = try await index.search(queries)
        #expect(answers.count == items.count)
        for (item, answer) in zip(items, answers) {
            let equal = catalogue.products.filter { $0.embedding == item.embedding }.map(\.product.id).sorted()
            let found = answer.filter { equal.contains($0.id) }
            #expect(found.map(\.id) == equal, "equal products must follow each other by identifier")
            #expect(Set(found.map(\.score)).count == 1, "equal products must have equal scores")
            #expect(found.allSatisfy { abs($0.score - 1) <= tolerance })
        }
        #expect(try await index.search([]).isEmpty, "no queries have no answers")
        #expect(try await index.search([SearchQuery(catalogue.queries[0], count: 0)]) == [[]])
        #expect(try await index.search([SearchQuery(catalogue.queries[0], minimumScore: 2)]) == [[]])
    }

    /// What does not fit is refused with the documented code.
    private func checkRefusals(_ index: any SimilarityIndex, _ catalogue: RandomCatalogue) async throws {
        let good = catalogue.queries[0]
        let other = RandomCatalogue(count: 0, seed: .max)
        let short = RandomCatalogue(count: 0, dimension: 3, seed: .max)
        func expect(_ code: RecError.Code, _ queries: SearchQuery...) async {
            let error = await #expect(throws: RecError.self) { try await index.search(queries) }
            #expect(error?.code == code, "the documented code")
        }
        func weighted(_ attributes: [String: Double]) -> SearchQuery {
            SearchQuery(good, weighting: Weighting(attributes: attributes))
        }
        if refusesFusions {
            let weighting = Weighting(fusion: LeastCosine())
            let error = await #expect(throws: RecError.self) {
                try await index.search([SearchQuery(good, weighting: weighting)])
            }
            #expect(error?.kind == .invalidRequest, "a formula is refused, not ignored")
        }
        await expect(.noSharedBlock, SearchQuery(Embedding([:])))
        await expect(.recipeMismatch, SearchQuery(other.queries[0]))
        await expect(.recipeMismatch, SearchQuery(short.queries[0]))
        await expect(.invalidQuery, SearchQuery(good, count: -1))
        await expect(.invalidQuery, SearchQuery(good, minimumScore: .nan))
        await expect(.invalidQuery, SearchQuery(good, groups: [GroupCap(attribute: "colour", count: 0)]))
        await expect(.invalidWeight, weighted(["colour": -1]))
        await expect(.invalidWeight, weighted(["colour": .nan]))
        await expect(.unknownAttribute, weighted(["size": 1]))
        await expect(.unknownAttribute, SearchQuery(good, groups: [GroupCap(attribute: "size", count: 1)]))
        await expect(.unknownAttribute, SearchQuery(good, count: 0, groups: [GroupCap(attribute: "size", count: 1)]))
        for filter: AttributeFilter in [.has("size", "XL"), .not(.any([.has("colour", "Red"), .has("size", "XL")]))] {
            await expect(.unknownAttribute, SearchQuery(good, filter: filter))
            await expect(.unknownAttribute, SearchQuery(good, count: 0, filter: filter))
            await expect(.unknownAttribute, SearchQuery(good), SearchQuery(good, count: 0, filter: filter))
        }
    }
}

/// A fusion that is no weighted mean, for the general path of an index.
private struct LeastCosine: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? { cosines.values.compactMap { $0 }.min() }
}
