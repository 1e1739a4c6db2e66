import RecCore

/// The body of `POST /recommend`: the library's query, with `where` as another name for its filter.
struct RecommendationBody: Decodable {
    let query: RecommendationQuery

    private enum Keys: String, CodingKey { case filter = "where" }

    init(from decoder: any Decoder) throws {
        var query = try RecommendationQuery(from: decoder)
        let filter = try decoder.container(keyedBy: Keys.self).decodeIfPresent(AttributeFilter.self, forKey: .filter)
        if let filter { query.filter = query.filter.map { .all([$0, filter]) } ?? filter }
        // A visitor's browser remembers products that are sold out.
        query.ignoresUnknownExamples = true
        self.query = query
    }
}
