internal import RecCore

/// Conditions in the language of Milvus.
enum MilvusExpression {
    /// No row: patterns are positive.
    static let nothing = "pattern < 0"

    /// Every row.
    static let everything = "pattern >= 0"

    /// The deepest filter; Milvus reads expressions of some 40 levels, and a condition on numbers takes 9 of them.
    private static let deepest = 24

    /// The products that match a filter, where products have `numbers` numbers of an attribute at most.
    ///
    /// - Throws: `RecError` with code `unsupportedQuery` when the filter is too deep.
    static func of(_ filter: AttributeFilter, numbers: (String) -> Int) throws(RecError) -> String {
        guard filter.depth <= deepest else {
            throw RecError(
                .unsupportedQuery,
                "The filter of a query has conditions within conditions \(filter.depth) levels deep; for Milvus "
                    + "\(deepest) are allowed."
            )
        }
        return condition(filter, numbers)
    }

    private static func condition(_ filter: AttributeFilter, _ numbers: (String) -> Int) -> String {
        switch filter {
        case .has(let attribute, let values):
            values.values.isEmpty ? nothing : hasAny(values.values.map { MilvusToken.value($0, of: attribute) })
        case .number(let attribute, let range):
            joined((0..<numbers(attribute)).map { number($0, of: attribute, range) }, "or", nothing)
        case .all(let filters): joined(filters.map { condition($0, numbers) }, "and", everything)
        case .any(let filters): joined(filters.map { condition($0, numbers) }, "or", nothing)
        case .not(let filter): "not (\(condition(filter, numbers)))"
        }
    }

    /// The products with one of some words.
    static func hasAny(_ words: [String]) -> String {
        words.count == 1
            ? "array_contains(terms, \"\(words[0])\")"
            : "array_contains_any(terms, [\(words.map { "\"\($0)\"" }.joined(separator: ", "))])"
    }

    /// Both conditions; an empty one is none.
    static func both(_ first: String, _ second: String) -> String {
        if first.isEmpty || second.isEmpty { return first + second }
        return "(\(first)) and (\(second))"
    }

    /// The products whose field is one of some numbers.
    static func isOne(_ field: String, of numbers: [Int64]) -> String {
        "\(field) in [\(numbers.map(String.init).joined(separator: ", "))]"
    }

    /// The products whose field is none of some numbers.
    static func isNone(_ field: String, of numbers: [Int64]) -> String {
        "\(field) not in [\(numbers.map(String.init).joined(separator: ", "))]"
    }

    /// The products with one of some identifiers; those that no product of Milvus can have are left out.
    static func isOne(of ids: some Sequence<ProductID>) -> String {
        "id in [\(list(ids))]"
    }

    /// The products with none of some identifiers.
    static func isNone(of ids: some Sequence<ProductID>) -> String {
        let list = list(ids)
        return list.isEmpty ? "" : "id not in [\(list)]"
    }

    private static func list(_ ids: some Sequence<ProductID>) -> String {
        ids.compactMap { MilvusToken.quoted($0.rawValue) }.joined(separator: ", ")
    }

    /// Where a value is missing, a comparison is neither true nor false for some servers, so a word tells first.
    private static func number(_ position: Int, of attribute: String, _ range: NumberRange) -> String {
        let path = "numbers[\"\(MilvusToken.name(attribute))\"][\(position)]"
        var parts = ["array_contains(terms, \"\(MilvusToken.number(position, of: attribute))\")"]
        if let bound = range.lowerBound {
            guard !bound.isNaN, bound != .infinity else { return nothing }
            if bound.isFinite { parts.append("\(path) \(range.includesLowerBound ? ">=" : ">") \(bound)") }
        }
        if let bound = range.upperBound {
            guard !bound.isNaN, bound != -.infinity else { return nothing }
            if bound.isFinite { parts.append("\(path) \(range.includesUpperBound ? "<=" : "<") \(bound)") }
        }
        return parts.joined(separator: " and ")
    }

    /// Joins conditions as a balanced tree: a row of many is too deep for Milvus.
    private static func joined(_ parts: [String], _ word: String, _ none: String) -> String {
        parts.isEmpty ? none : joined(parts[...], word)
    }

    private static func joined(_ parts: ArraySlice<String>, _ word: String) -> String {
        guard parts.count > 1 else { return parts[parts.startIndex] }
        let half = parts.startIndex + parts.count / 2
        return "(\(joined(parts[..<half], word))) \(word) (\(joined(parts[half...], word)))"
    }
}

extension AttributeFilter {
    /// The levels of conditions within conditions, with those of the trees that join many.
    fileprivate var depth: Int {
        switch self {
        case .has, .number: 1
        case .not(let filter): 1 + filter.depth
        case .all(let filters), .any(let filters):
            (filters.map(\.depth).max() ?? 0) + max(Int.bitWidth - max(filters.count - 1, 0).leadingZeroBitCount, 0)
        }
    }
}
