import RecCore

/// The categories of one attribute with the number of products of each, before rare ones are folded.
struct CategoryCounts {
    private let encoding: AttributeEncoding
    private let productCount: Int
    private let categories: [AttributeSpace.Category]
    private let counts: [Int]

    /// Counts the categories of an attribute.
    init(
        _ encoding: AttributeEncoding,
        _ products: [Product],
        _ unknown: UnknownPolicy,
        _ missing: MissingPolicy
    ) throws(RecError) {
        let learns = encoding.categories == nil || encoding.minimumFrequency != nil || encoding.maximumCategories != nil
        guard !learns || !products.isEmpty else {
            throw RecError(
                .noProducts,
                "There are no products to learn the categories of '\(encoding.name)' from."
            )
        }
        var tally: [ByteString: Int] = [:]
        var missingCount = 0
        for product in products {
            let values = product.values(of: encoding.name)
            if values.isEmpty {
                guard missing != .error else {
                    throw RecError(
                        .missingValue,
                        "Product \(product.id) lacks \(encoding.name). Fill it in, or let the encoder ignore missing "
                            + "values."
                    )
                }
                missingCount += 1
            }
            for value in values { tally[ByteString(value), default: 0] += 1 }
        }
        let values: [String]
        if let given = encoding.categories {
            values = given
            let known = Set(given.map { ByteString($0) })
            if unknown == .error, let value = tally.keys.filter({ !known.contains($0) }).min()?.text {
                throw RecError(
                    .unknownCategory,
                    "A product has \(encoding.name) '\(value)', which is none of the given categories."
                )
            }
        } else {
            values = tally.keys.sorted().map(\.text)
            guard !values.isEmpty else {
                let names = Set(products.lazy.flatMap(\.attributeNames)).sorted().joined(separator: ", ")
                throw RecError(
                    .unknownAttribute,
                    "No product has an attribute '\(encoding.name)'; there are: \(names)."
                )
            }
        }
        var categories = values.map { AttributeSpace.Category.value($0) }
        var counts = values.map { tally[ByteString($0)] ?? 0 }
        if missing == .category && (missingCount > 0 || encoding.categories != nil) {
            categories.append(.missing)
            counts.append(missingCount)
        }
        self.encoding = encoding
        self.productCount = products.count
        self.categories = categories
        self.counts = counts
    }

    /// The attribute with its rare categories folded into the column `infrequent`, which comes last.
    var folded: AttributeSpace.Attribute {
        let rare = isInfrequent
        let frequent = categories.indices.filter { !rare[$0] }.map { categories[$0] }
        let members = categories.indices.filter { rare[$0] }.map { categories[$0] }
        return AttributeSpace.Attribute(
            name: encoding.name,
            categories: members.isEmpty ? frequent : frequent + [.infrequent],
            weight: encoding.weight,
            infrequentMembers: members
        )
    }

    /// Whether each category is rare, by the rules of scikit-learn's `_identify_infrequent`.
    private var isInfrequent: [Bool] {
        var result =
            switch encoding.minimumFrequency {
            case nil: counts.map { _ in false }
            case .count(let minimum): counts.map { $0 < minimum }
            case .fraction(let fraction): counts.map { Double($0) < Double(productCount) * fraction }
            }
        // One column is reserved for infrequent values, even if there are none.
        let columnCount = result.count { !$0 } + 1
        if let maximum = encoding.maximumCategories, maximum < columnCount {
            // Rarest first; of equally rare ones the earlier category comes first.
            let order = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
            for index in order.dropLast(maximum - 1) { result[index] = true }
        }
        return result
    }
}
