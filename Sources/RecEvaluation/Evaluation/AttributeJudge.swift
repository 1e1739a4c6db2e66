internal import RecCore

/// Products are relevant to each other when they share a value of an attribute.
///
/// Products with the same values form one kind. Relevance is computed for each kind, since there are far fewer kinds
/// than products.
struct AttributeJudge: RelevanceJudge {
    /// The kind of each product; `nil` for one without a value.
    private let kinds: [Int?]
    /// The numbers of the values of each kind, ascending.
    private let values: [[Int]]
    /// For each kind, the number of products that share a value with a product of the kind, including the product
    /// itself.
    private let relevantCounts: [Int]

    let valueCount: Int?

    /// Reads an attribute of all products.
    ///
    /// - Throws: `RecError` with code `unknownAttribute` when no product has a value; `CancellationError`.
    init(_ attribute: String, of products: IndexedProducts) async throws {
        var numbers: [ByteString: Int] = [:]
        var kindOfValues: [[Int]: Int] = [:]
        var kinds: [Int?] = []
        var counts: [Int] = []
        kinds.reserveCapacity(products.ids.count)
        for given in try await products.values(of: attribute) {
            let values = given.map { value in
                let key = ByteString(value)
                let number = numbers[key] ?? numbers.count
                numbers[key] = number
                return number
            }.sorted()
            guard !values.isEmpty else {
                kinds.append(nil)
                continue
            }
            let kind = kindOfValues[values] ?? kindOfValues.count
            if kind == counts.count { counts.append(0) }
            kindOfValues[values] = kind
            counts[kind] += 1
            kinds.append(kind)
        }
        guard !counts.isEmpty else {
            throw RecError(
                .unknownAttribute,
                "No product of the index has the attribute '\(attribute)', so it cannot tell what is relevant."
            )
        }
        self.kinds = kinds
        valueCount = numbers.count
        values = kindOfValues.sorted { $0.value < $1.value }.map(\.key)
        relevantCounts = try Self.relevantCounts(values: values, counts: counts, valueCount: numbers.count)
    }

    func idealAnswer(to query: Int, count: Int) -> IdealAnswer? {
        guard let kind = kinds[query] else { return nil }
        let relevantCount = relevantCounts[kind] - 1
        return IdealAnswer(
            relevantCount: relevantCount,
            gains: [Double](repeating: 1, count: min(count, relevantCount))
        )
    }

    func gain(of product: Int, to query: Int) -> Double {
        guard let kind = kinds[product], let wanted = kinds[query] else { return 0 }
        return kind == wanted || Self.intersect(values[kind], values[wanted]) ? 1 : 0
    }

    /// For each kind, the number of products of the kinds that share a value with it.
    private static func relevantCounts(values: [[Int]], counts: [Int], valueCount: Int) throws -> [Int] {
        var kindsWithValue = [[Int]](repeating: [], count: valueCount)
        for (kind, values) in values.enumerated() {
            for value in values { kindsWithValue[value].append(kind) }
        }
        // A kind that shares two values is counted once: the last kind that it was counted for is stored.
        var countedFor = [Int](repeating: -1, count: counts.count)
        return try values.enumerated().map { kind, values in
            try Task.checkCancellation()
            var sum = 0
            for other in values.lazy.flatMap({ kindsWithValue[$0] }) where countedFor[other] != kind {
                countedFor[other] = kind
                sum += counts[other]
            }
            return sum
        }
    }

    /// Whether two ascending lists have a number in common.
    private static func intersect(_ first: [Int], _ second: [Int]) -> Bool {
        var one = 0
        var other = 0
        while one < first.count, other < second.count {
            if first[one] == second[other] { return true }
            if first[one] < second[other] { one += 1 } else { other += 1 }
        }
        return false
    }
}
