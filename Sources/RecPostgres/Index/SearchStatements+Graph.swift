internal import RecCore
internal import RecFiles

extension SearchStatements {
    /// Whether products near the query may be too few, since a filter or a least score leaves some out.
    var mayBeShort: Bool { query.filter != nil || query.minimumScore != nil }

    /// The best products among those near the query in the graph, and among all that are not in it; where these are too
    /// few and that is to be expected, also the best of all, which a last column tells apart.
    func near(candidates: Int, limit: Int) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let score = ranking.score(&sql)
        let condition = try condition(score, floor: nil, &sql)
        let found = found(candidates: candidates, limit: limit, score, condition, &sql)
        guard mayBeShort else { return sql.statement("select *, false from (\(found)) near") }
        let isShort = "(select count(*) from near where score is not null) < \(query.count)"
        let best = best(full, limit: limit, score, Self.condition(condition, and: isShort))
        return sql.statement("with near as materialized (\(found)) \(Self.union(ofNearAnd: best))")
    }

    /// The same for groups: where the products near the query may be too few for them, also the first of each set with the
    /// same values, as ``first(_:ofEach:limit:)`` gives them.
    ///
    /// - Parameters:
    ///   - candidates: The products to find in the graph.
    ///   - nearLimit: The most of them.
    ///   - count: The products that are wanted.
    ///   - caps: The limits of groups.
    ///   - depth: The products of each set.
    ///   - limit: The most rows of the sets.
    /// - Returns: The statement.
    /// - Throws: `RecError` with code `invalidText`.
    func near(
        candidates: Int,
        limit nearLimit: Int,
        filling count: Int,
        in caps: [GroupCap],
        orFirst depth: Int,
        limit: Int
    ) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let score = ranking.score(&sql)
        let condition = try condition(score, floor: nil, &sql)
        let found = found(candidates: candidates, limit: nearLimit, score, condition, &sql)
        var values: [String] = []
        for (number, cap) in caps.enumerated() { values.append(try Self.values(of: cap, number, &sql)) }
        // This counts too few as a rule: a product is certainly admitted when, for each of its values, places are left
        // even if every product before it took one.
        let placed =
            "select id, room, row_number() over (partition by cap, value order by score desc, id) as place "
            + "from near, lateral (\(values.joined(separator: " union all "))) grouped where score is not null"
        let isShort =
            "(select count(*) from near where score is not null) "
            + "- (select count(distinct id) from places where place > room) < \(count)"
        let first = try first(
            depth,
            ofEach: caps.map(\.attribute),
            limit: limit,
            score,
            Self.condition(condition, and: isShort),
            &sql
        )
        return sql.statement(
            "with near as materialized (\(found)), places as (\(placed)) \(Self.union(ofNearAnd: first))"
        )
    }

    /// The values of a product for one cap, each with the number of places that it has.
    private static func values(of cap: GroupCap, _ number: Int, _ sql: inout SQLBuilder) throws(RecError) -> String {
        let attribute = sql.bind(try .text(cap.attribute))
        let taken = cap.taken.sorted { $0.key < $1.key }.flatMap { value, count in
            Array(repeating: value, count: value.utf8.contains(0) ? 0 : min(max(count, 0), cap.count))
        }
        let used =
            taken.isEmpty
            ? "" : " - (select count(*) from unnest(\(sql.bind(try .texts(taken)))) used where used = value)"
        return "select \(number) as cap, value, \(cap.count)\(used) as room "
            + "from jsonb_array_elements_text(attributes -> \(attribute)) value"
    }

    /// The products near the query, then those among all, each best first; a last column tells the second ones.
    private static func union(ofNearAnd whole: String) -> String {
        "select *, false as is_whole from near union all select *, true from (\(whole)) whole "
            + "order by is_whole, score desc nulls last, id"
    }

    /// The rows of such an answer: those near the query, and those among all as they came, since they are rarely needed.
    ///
    /// - Throws: `RecError` with code `damagedRow` or `unexpectedAnswer`.
    func read(near rows: [PostgresRow]) throws(RecError) -> (near: [RowPlan.Row], whole: [PostgresRow]) {
        var (near, whole): ([PostgresRow], [PostgresRow]) = ([], [])
        for row in rows {
            if try row.bool(row.cells.count - 1) == true { whole.append(row) } else { near.append(row) }
        }
        return (try full.read(near), whole)
    }

    /// Conditions with `where`, to which one is added that depends on no row.
    ///
    /// PostgreSQL tests it once, before it reads a row. Only planning takes longer.
    private static func condition(_ condition: String, and other: String) -> String {
        (condition.isEmpty ? " where " : condition + " and ") + other
    }

    /// The best products among those near the query in the graph, and among all that are not in it.
    ///
    /// A graph that has given all its candidates looks for as many again. So a limit leaves out a few excluded products,
    /// which are as a rule among them.
    private func found(
        candidates: Int,
        limit: Int,
        _ score: String,
        _ condition: String,
        _ sql: inout SQLBuilder
    ) -> String {
        guard let navigation = layout.navigation else { preconditionFailure("a table with a graph") }
        let components = navigation.vector(ofBlocks: ranking.navigation).map { min(max($0, -1000), 1000) }
        let bytes = ByteWriter.bytes { $0.write(halfvec: components) }
        let query = sql.bind(PostgresValue(type: layout.types.half.element, bytes: bytes))
        let and = condition.isEmpty ? " where " : condition + " and "
        let list = "select \(full.columns()), \(score) as score from"
        let excluded = self.query.excluded.count <= candidates / 10 ? self.query.excluded.count : 0
        let nearest = max(candidates - excluded, limit)
        let parts = layout.relations.flatMap { relation in
            [
                "\(list) \(relation)\(and)navigation is not null order by navigation \(layout.types.negativeDot) \(query) "
                    + "limit \(nearest)",
                "\(list) \(relation)\(and)navigation is null order by score desc nulls last, id limit \(limit)",
            ]
        }
        return "select * from (\(parts.map { "(\($0))" }.joined(separator: " union all "))) found "
            + "order by score + 0 desc nulls last, id limit \(limit)"
    }
}
