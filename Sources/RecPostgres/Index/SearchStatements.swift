internal import RecCore

/// The statements of one query without groups.
struct SearchStatements: Sendable {
    let layout: TableLayout
    let query: SearchQuery
    let ranking: Ranking

    /// The columns of rows that are to be ranked and returned: blocks of the query for its cosines, and the contents.
    let full: RowPlan

    /// The columns that the rank needs.
    let narrow: RowPlan

    init(_ query: SearchQuery, _ layout: TableLayout) throws(RecError) {
        self.query = query
        self.layout = layout
        ranking = try Ranking(query, layout)
        let names = layout.space.blocks.map(\.name)
        let wanted = RowPlan(layout, query.contents).blocks ?? []
        let compared = names.indices.filter { query.embedding[names[$0]] != nil }
        full = RowPlan(layout, hasProduct: query.contents.product, blocks: Set(wanted + compared).sorted())
        narrow = RowPlan(layout, hasProduct: false, blocks: ranking.blocks)
    }

    /// The best products by the score of SQL, best first, then by identifier.
    ///
    /// - Parameters:
    ///   - plan: The columns, which the score follows.
    ///   - limit: The most rows; `nil` for all.
    ///   - floor: The least score of SQL; `nil` for none.
    /// - Returns: The statement.
    /// - Throws: `RecError` with code `invalidText`.
    func best(_ plan: RowPlan, limit: Int?, floor: Double? = nil) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let score = ranking.score(&sql)
        let condition = try condition(score, floor: floor, &sql)
        return sql.statement(best(plan, limit: limit, score, condition))
    }

    /// The same in SQL, for a score and conditions whose parameters are bound.
    func best(_ plan: RowPlan, limit: Int?, _ score: String, _ condition: String) -> String {
        let end = "nulls last, id" + (limit.map { " limit \($0)" } ?? "")
        let parts = layout.relations.map {
            "select \(plan.columns()), \(score) as score from \($0)\(condition) order by score desc \(end)"
        }
        guard parts.count > 1 || !layout.shards.isEmpty else { return parts[0] }
        // A sum as the key keeps the planner from merging the shards one after another.
        return "select * from (\(parts.map { "(\($0))" }.joined(separator: " union all "))) shards "
            + "order by score + 0 desc \(end)"
    }

    /// The products of some identifiers with all columns.
    func products(_ ids: [ProductID]) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let list = sql.bind(try .texts(ids.map(\.rawValue)))
        return sql.statement("select \(full.columns()) from \(layout.name.products) where id = any(\(list))")
    }

    /// The conditions of the query, with `where`; empty for none.
    func condition(_ score: String, floor: Double?, _ sql: inout SQLBuilder) throws(RecError) -> String {
        var parts: [String] = []
        // An aggregate tries its conditions as they are written, and few products are above a score; the planner orders
        // those of a search by its estimate of their cost.
        let least = [floor, query.minimumScore.map { $0 - ranking.tolerance }].compactMap(\.self).max()
        if let least { parts.append("\(score) >= \(sql.bind(.double(least)))") }
        if let filter = query.filter { parts.append(try FilterSQL.condition(filter, &sql)) }
        let excluded = query.excluded.map(\.rawValue).filter { !$0.utf8.contains(0) }.sorted()
        if !excluded.isEmpty { parts.append("id <> all(\(sql.bind(try .texts(excluded))))") }
        return parts.isEmpty ? "" : " where " + parts.joined(separator: " and ")
    }
}
