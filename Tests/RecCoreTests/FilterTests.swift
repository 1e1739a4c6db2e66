import RecCore
import Testing

@Suite struct Filters {
    let shirt = Product(id: "1", attributes: ["gender": "Men", "fabric": ["Cotton", "Linen"]])

    static let cases: [(filter: AttributeFilter, matches: Bool)] = [
        (.has("gender", "Men"), true),
        (.has("gender", "Women"), false),
        (.has("gender", anyOf: ["Women", "Men"]), true),
        (.has("gender", anyOf: []), false),
        (.has("fabric", "Linen"), true),
        (.has("season", "Summer"), false),
        (.not(.has("season", "Summer")), true),
        (.all([]), true),
        (.any([]), false),
        (.all([.has("gender", "Men"), .has("fabric", "Wool")]), false),
        (.any([.has("gender", "Women"), .has("fabric", "Cotton")]), true),
    ]

    @Test(arguments: cases)
    func `a filter matches as it reads`(filter: AttributeFilter, matches: Bool) {
        #expect(filter.matches(shirt) == matches)
    }

    static let prices: [(AttributeFilter, Bool)] = [
        (.number("price", in: 10...20), true),
        (.number("price", in: 20...30), true),
        (.number("price", in: 10..<20), false),
        (.number("price", in: ..<20), false),
        (.number("price", in: ...20), true),
        (.number("price", in: 20.5...), false),
        (.number("price", NumberRange(from: 20, includingLowerBound: false)), false),
        (.number("price", NumberRange(from: 19, includingLowerBound: false)), true),
        (.number("price", NumberRange()), true),
        (.number("weight", NumberRange()), false),
        (.number("size", NumberRange()), false),
        (.number("sizes", in: 39...40), true),
        (.not(.number("odd", NumberRange())), true),
    ]

    @Test(arguments: prices)
    func `a range holds numbers and nothing else`(filter: AttributeFilter, matches: Bool) {
        let shoe = Product(
            id: "1",
            attributes: [
                "price": "2e1", "weight": "12 kg", "sizes": ["38", "39.5"], "odd": ["nan", "inf", "", "1,5"],
            ]
        )
        #expect(filter.matches(shoe) == matches)
    }

    @Test func `a filter knows the attributes that it asks about`() {
        let filter: AttributeFilter = .all([.has("a", "1"), .not(.any([.has("b", "1"), .has("a", "2")]))])
        #expect(filter.attributes == ["a", "b"])
    }
}
