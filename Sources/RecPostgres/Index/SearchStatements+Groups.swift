internal import RecCore

extension SearchStatements {
    /// The first products of each set with the same values of some attributes, and all without any, best first.
    ///
    /// - Parameters:
    ///   - depth: The products of each set.
    ///   - attributes: The attributes.
    ///   - limit: The most rows.
    /// - Returns: The statement.
    /// - Throws: `RecError` with code `invalidText`.
    func first(_ depth: Int, ofEach attributes: [String], limit: Int) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let score = ranking.score(&sql)
        let condition = try condition(score, floor: nil, &sql)
        let first = try first(depth, ofEach: attributes, limit: limit, score, condition, &sql)
        return sql.statement(first)
    }

    /// The same in SQL, for a score and conditions whose parameters are bound.
    func first(
        _ depth: Int,
        ofEach attributes: [String],
        limit: Int,
        _ score: String,
        _ condition: String,
        _ sql: inout SQLBuilder
    ) throws(RecError) -> String {
        let table = layout.name.products
        var keys: [String] = []
        for attribute in attributes { keys.append("attributes -> " + sql.bind(try .text(attribute))) }
        let names = keys.indices.map { "value\($0)" }
        let values = zip(keys, names).map { "\($0) as \($1)" }.joined(separator: ", ")
        // A fence of its own keeps the score from being computed several times.
        let scored = "select id, \(score) as score, \(values) from \(table)\(condition) offset 0"
        let placed =
            "select id, score, num_nonnulls(\(names.joined(separator: ", "))) as present, row_number() over "
            + "(partition by \(names.joined(separator: ", ")) order by score desc, id) as place "
            + "from (\(scored)) scored where score is not null"
        let chosen =
            "select id, score from (\(placed)) placed where place <= \(depth) or present = 0 "
            + "order by score desc, id limit \(limit)"
        return "select \(full.columns(of: "products.")), chosen.score from (\(chosen)) chosen join \(table) products "
            + "on products.id = chosen.id order by chosen.score desc, chosen.id"
    }
}
