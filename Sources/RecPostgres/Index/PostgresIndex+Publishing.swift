package import RecCore
package import RecEngines

extension PostgresIndex: PublishTarget, AnnotatedIndex {
    package func digests(after id: ProductID?, count limit: Int) async throws -> [PublishedProduct] {
        try await page(after: id, count: limit, columns: "id, digest").compactMap { row in
            guard let id = try row.text(0) else { return nil }
            return PublishedProduct(id: ProductID(id), digest: try row.bytes(1).map { ProductDigest(bytes: $0) })
        }
    }

    package var searchedExactly: PostgresIndex { with(.exact) }

    /// As many as keep the connections of a call busy.
    package var queriesAtOnce: Int { 20 }

    package func prepareSearches(progress: (@Sendable (WorkProgress) -> Void)?) async throws {
        if layout.navigation != nil, layout.shards.isEmpty { try await buildGraph() }
    }

    package func finishPublishing() async throws {
        guard !layout.isFinished else { return }
        do {
            let check = try layout.check()
            _ = try await client.run([check, PostgresStatement("update \(layout.name.space) set finished = true")])
        } catch let failure as PostgresFailure {
            throw failure.error(layout.name)
        }
    }

    /// Copies the products where the client can; where the table refuses that, or others have added some of them since,
    /// they are inserted one by one.
    package func add(_ products: [EmbeddedProduct]) async throws {
        guard layout.shards.isEmpty, let client = client as? any CopyingClient else {
            return try await upsert(products)
        }
        try ProductRows.check(products, in: space)
        let cells = ProductCells(layout)
        var rows = CopyRows(capacity: products.count * space.likelyProductBytes)
        for item in products { rows.append(item, cells) }
        try Task.checkCancellation()
        let columns = cells.names.joined(separator: ", ")
        do {
            try await client.copy(
                "\(layout.plainCheck); copy \(layout.name.products) (\(columns)) from stdin (format binary)",
                rows.end()
            )
        } catch let failure as PostgresFailure where failure.isTransient || failure.state == Self.notSupported {
            try await upsert(products)
        } catch let failure as PostgresFailure {
            throw failure.error(layout.name)
        }
    }

    /// Row-level security and views have no copies.
    private static let notSupported = "0A000"
}

extension PostgresIndex: CountingTarget {
    package func margin(of query: SearchQuery) throws(RecError) -> Double {
        try SearchStatements(query, layout).ranking.tolerance
    }

    package func count(above cuts: [ScoreCut]) async throws -> (products: Int, above: [Int]) {
        var sql = SQLBuilder()
        var counts = ["count(*) as n"]
        for (number, cut) in cuts.enumerated() {
            let statements = try SearchStatements(cut.query, layout)
            let score = statements.ranking.isEmpty ? "null::float8" : statements.ranking.score(&sql)
            let condition = try statements.condition(score, floor: cut.score, &sql)
            counts.append("count(*) filter (\(condition)) as n\(number)")
        }
        let parts = layout.relations.map { "select \(counts.joined(separator: ", ")) from \($0)" }
        let sums = ["sum(n)::int8"] + cuts.indices.map { "sum(n\($0))::int8" }
        let union = parts.joined(separator: " union all ")
        let statement = sql.statement("select \(sums.joined(separator: ", ")) from (\(union)) counts")
        let row = try await read([statement])[0].first
        let numbers = try (0...cuts.count).map { Int(try row?.integer($0) ?? 0) }
        return (numbers[0], Array(numbers.dropFirst()))
    }
}
