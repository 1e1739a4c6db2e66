public import RecCore

extension PostgresIndex: MutableSimilarityIndex {
    /// The products of one statement.
    private static let batch = 250

    private static let attempts = 8

    /// Adds products, or replaces those with the same identifiers, and removes others, in one transaction.
    ///
    /// Transactions of several writers that are in each other's way run again.
    ///
    /// - Returns: The number of products that were removed.
    /// - Throws: `RecError`, as `MutableSimilarityIndex` says: `invalidProduct` also for an identifier of
    ///   more than 2,600 bytes and for the character NUL; `conflictingChanges` when others were in the way too often.
    ///   Nothing is changed then. When the connection breaks at the end of the transaction, the change may have been
    ///   made or not; making it again is safe.
    @discardableResult
    public func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int {
        let (statements, removal) = try changes(products, ids)
        var attempt = 1
        while true {
            do {
                return try await run(statements, removal, on: client)
            } catch let failure as PostgresFailure {
                guard failure.isTransient, attempt < Self.attempts else { throw failure.error(layout.name) }
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...10) << attempt))
                attempt += 1
            }
        }
    }

    /// Makes the same change in a transaction that the host has open, and that decides whether it stays.
    ///
    /// - Parameters:
    ///   - products: The products to add or replace.
    ///   - ids: The products to remove.
    ///   - connection: The connection of the transaction. After an error the transaction can only be rolled back.
    /// - Returns: The number of products that were removed.
    /// - Throws: As ``change(upserting:removing:)``, but nothing runs again.
    @discardableResult
    public func change(
        upserting products: [EmbeddedProduct],
        removing ids: [ProductID],
        on connection: some PostgresConnection
    ) async throws -> Int {
        let (statements, removal) = try changes(products, ids)
        do {
            return try await run(statements, removal, on: connection)
        } catch let failure as PostgresFailure {
            throw failure.error(layout.name)
        }
    }

    private func run(
        _ statements: [PostgresStatement],
        _ removal: Int?,
        on connection: some PostgresConnection
    ) async throws -> Int {
        guard !statements.isEmpty else { return 0 }
        let answers = try await connection.run([try layout.check()] + statements)
        return removal.map { answers.indices.contains($0 + 1) ? answers[$0 + 1].count : 0 } ?? 0
    }

    /// The statements of a change, and which of them removes products.
    private func changes(
        _ products: [EmbeddedProduct],
        _ ids: [ProductID]
    ) throws -> (statements: [PostgresStatement], removal: Int?) {
        let removed = Set(ids)
        var last: [ProductID: EmbeddedProduct] = [:]
        try ProductRows.check(products, in: space)
        for item in products where !removed.contains(item.product.id) { last[item.product.id] = item }
        var statements: [PostgresStatement] = []
        let gone = removed.map(\.rawValue).filter { !$0.utf8.contains(0) }.sorted()
        if !gone.isEmpty { statements.append(try removal(of: gone, returning: true)) }
        // All writers lock rows in the same order.
        let items = last.values.sorted { $0.product.id < $1.product.id }
        let isSharded = !layout.shards.isEmpty
        if isSharded, !items.isEmpty {
            // A table with foreign partitions has no unique index to find what is replaced.
            statements.append(try removal(of: items.map(\.product.id.rawValue), returning: false))
        }
        for start in stride(from: 0, to: items.count, by: Self.batch) {
            try Task.checkCancellation()
            var rows = ProductRows(layout)
            for item in items[start..<min(start + Self.batch, items.count)] { rows.append(item) }
            statements.append(rows.insertion(replacing: !isSharded))
        }
        return (statements, gone.isEmpty ? nil : 0)
    }

    private func removal(of ids: [String], returning: Bool) throws(RecError) -> PostgresStatement {
        var sql = SQLBuilder()
        let list = sql.bind(try .texts(ids))
        return sql.statement(
            "delete from \(layout.name.products) where id = any(\(list))" + (returning ? " returning 1" : "")
        )
    }
}
