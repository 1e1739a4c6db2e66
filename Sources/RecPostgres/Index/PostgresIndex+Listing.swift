public import RecCore

extension PostgresIndex {
    /// The page and the number of all products that match, counted by SQL in one round trip.
    ///
    /// - Throws: `RecError` as `SimilarityIndex` does; `unfinishedIndex`, `tableReplaced`, `unreachable` and `deadlineExceeded`.
    public func matches(
        of filter: AttributeFilter?,
        offset: Int,
        count: Int
    ) async throws -> (ids: [ProductID], total: Int) {
        try RecError.requirePage(offset: offset, count: count)
        let names = filter?.attributes.sorted() ?? []
        let statements =
            try names.map { try presence(of: $0) }
            + [try page(of: filter, offset: offset, count: count), try total(of: filter)]
        let answers = try await read(statements)
        if let unknown = names.indices.first(where: { answers[$0].isEmpty }) {
            try await refuse(names[unknown])
        }
        let ids = try answers[names.count].compactMap { row in try row.text(0).map { ProductID($0) } }
        return (ids, Int(try answers[names.count + 1].first?.integer(0) ?? 0))
    }

    /// The values, counted by SQL; reads the products that have the attribute.
    public func valueCounts(of attribute: String) async throws -> [(value: String, count: Int)] {
        guard !attribute.utf8.contains(0) else { return [] }
        var sql = SQLBuilder()
        let name = sql.bind(try .text(attribute))
        let parts = layout.relations.map { relation in
            "select value from \(relation), jsonb_array_elements_text(attributes -> \(name)) as items (value) "
                + "where attributes ? \(name)"
        }
        let values = parts.joined(separator: " union all ")
        let statement = sql.statement(
            "select value, count(*)::int8 from (\(values)) items group by value order by 2 desc, value collate \"C\""
        )
        return try await read([statement])[0].map { row in (try row.text(0) ?? "", Int(try row.integer(1) ?? 0)) }
    }

    private func page(of filter: AttributeFilter?, offset: Int, count: Int) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        // Citus computes the end of the page, which must fit 64 bits, too.
        let count = min(count, Int.max - offset)
        // A shard sends no more than the page can need.
        let limit = layout.relations.count == 1 ? "" : " order by id limit \(offset + count)"
        let union = try matching(filter, columns: "id", limit, &sql)
        return sql.statement("select id from (\(union)) matching order by id limit \(count) offset \(offset)")
    }

    private func total(of filter: AttributeFilter?) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let union = try matching(filter, columns: "count(*) as n", "", &sql)
        return sql.statement("select sum(n)::int8 from (\(union)) counts")
    }

    /// What each relation says of the products that match.
    private func matching(
        _ filter: AttributeFilter?,
        columns: String,
        _ limit: String,
        _ sql: inout SQLBuilder
    ) throws(RecError) -> String {
        let condition = if let filter { try FilterSQL.condition(filter, &sql) } else { "true" }
        let parts = layout.relations.map { "(select \(columns) from \($0) where \(condition)\(limit))" }
        return parts.joined(separator: " union all ")
    }
}
