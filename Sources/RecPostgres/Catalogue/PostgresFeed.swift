internal import RecCore
internal import RecMetadata

/// The changes of a table, for an index that follows it.
///
/// Triggers of the table write the identifier of each changed row into a log, in the same transaction. A consumer reads
/// the log from its mark on, gets the products as they are now, changes its index, and stores the new mark then:
///
/// ```swift
/// let feed = PostgresFeed(PostgresCatalogue(client, table: "articles"), table: "articles")
/// try await feed.install()
/// try await feed.follow(from: mark) { changes in
///     let embedded = ...
///     try await index.change(upserting: embedded, removing: changes.removed)
///     try store(changes.mark)
/// }
/// ```
/// Every committed change is delivered, however transactions overlap: the log is read in the order of transactions, and
/// only up to the oldest one that still runs. A consumer that ends between the change of its index and the storing of its
/// mark gets those changes once more. That has no effect, since a change is the product as it is now and not a step.
/// So each change counts once.
///
/// Reading a feed takes the right to execute `pg_control_system`, `pg_control_checkpoint` and `pg_walfile_name`, which
/// every user has unless it was revoked.
public struct PostgresFeed: Sendable {
    package let catalogue: PostgresCatalogue
    let table: String

    /// Creates a feed.
    ///
    /// - Parameters:
    ///   - catalogue: How a product is read.
    ///   - table: The table whose changes count, with its schema and a point before it if need be. It has the
    ///     catalogue's column of identifiers. Changes of other tables that the catalogue's query reads are not noticed.
    public init(_ catalogue: PostgresCatalogue, table: String) {
        self.catalogue = catalogue
        self.table = table
    }

    /// The mark of this moment: what is read from the catalogue after this call holds all changes before it.
    ///
    /// - Throws: `RecError` with code `feed-unavailable` when the feed is not installed; as ``PostgresCatalogue/read()``.
    @concurrent
    public func mark() async throws -> Mark {
        let row = try state(try await answers(to: stateStatement)[0])
        return Mark(feed: row.feed, origin: row.origin, transaction: row.horizon, number: 0)
    }

    /// Reads changes in the order of their transactions.
    ///
    /// - Parameters:
    ///   - mark: Where to begin.
    ///   - count: The largest number of changes; several of one product are one.
    /// - Returns: The changes, none when there are no new ones.
    /// - Throws: `RecError` with code `feed-unavailable` when the feed is not installed, was installed anew, or has
    ///   forgotten changes after the mark, and when the database was restored from a copy or failed over: then take a
    ///   mark and read the whole catalogue. As ``PostgresCatalogue/read()``.
    @concurrent
    public func changes(since mark: Mark, count: Int = 500) async throws -> Changes {
        guard count > 0 else { throw RecError(.invalidSetting, "'count' is \(count); it must be at least 1.") }
        let log = PostgresStatement(
            """
            select xid::text, number, id from \(logTable) where (xid, number) > ($1::text::xid8, $2)
                and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, number limit $3
            """,
            [try .text(String(mark.transaction)), .integer(mark.number), .integer(Int64(count))],
            readsOnly: true
        )
        let answers = try await answers(to: stateStatement, log)
        let state = try state(answers[0])
        try check(mark, state)
        guard let last = answers[1].last else { return Changes(products: [], removed: [], mark: mark, hasMore: false) }
        var ids: [String] = []
        var seen: Set<String> = []
        for row in answers[1] {
            if let id = try row.text(2), seen.insert(id).inserted { ids.append(id) }
        }
        let (products, removed) = try await products(ids)
        return Changes(
            products: products,
            removed: removed,
            mark: Mark(
                feed: state.feed,
                origin: state.origin,
                transaction: try Self.transaction(last, 0),
                number: try last.integer(1) ?? 0
            ),
            hasMore: answers[1].count == count
        )
    }

    /// Removes the log up to a mark, which all consumers must have passed.
    ///
    /// - Throws: `RecError` with code `feed-unavailable`; as ``PostgresCatalogue/read()``.
    @concurrent
    public func forget(through mark: Mark) async throws {
        let values: [PostgresValue] = [
            try .text(String(mark.transaction)), .integer(mark.number), try .text(mark.feed),
        ]
        try check(mark, try state(try await answers(to: stateStatement)[0]))
        _ = try await catalogue.client.run([
            PostgresStatement(
                """
                update \(stateTable) set forgotten_xid = $1::text::xid8, forgotten_number = $2
                    where feed = $3 and (forgotten_xid, forgotten_number) < ($1::text::xid8, $2)
                """,
                values
            ),
            PostgresStatement(
                """
                delete from \(logTable) where (xid, number) <= ($1::text::xid8, $2)
                    and exists (select from \(stateTable) where feed = $3)
                """,
                values
            ),
        ])
    }

    /// The products of some rows that are there, as they are now, and those that are gone.
    private func products(_ ids: [String]) async throws -> (present: [Product], gone: [ProductID]) {
        guard let columns = try await catalogue.columns(on: catalogue.client) else {
            // The query has no rows, so nothing tells whether identifiers are numbers; all products are gone.
            return (
                [], Set(ids.flatMap { [$0.trimmingBlanks(), $0.withoutZeroDecimals] }.map { ProductID($0) }).sorted()
            )
        }
        var rows = CatalogueRows(format: catalogue.format)
        let answers = try await catalogue.client.run([try columns.rows(of: ids), try columns.names(of: ids)])
        let present = answers[0].isEmpty ? [] : try rows.products(of: answers[0])
        let gone = try Set(answers[1].compactMap(Self.name)).subtracting(present.map(\.id))
        // Another row may have the same name, such as one without the blanks around it.
        let renamed = gone.subtracting(ids.map { ProductID($0) })
        guard !renamed.isEmpty else { return (present, gone.sorted()) }
        let others = try await catalogue.client.run([try columns.rows(of: renamed.map(\.rawValue).sorted())])[0]
        let taken = try others.compactMap { row in try row.text(0).map { ProductID($0) } }
        return (present, gone.subtracting(taken).sorted())
    }

    /// The name that a catalogue gives the product of a row of names.
    private static func name(_ row: PostgresRow) throws -> ProductID? {
        guard let text = try row.text(0) else { return nil }
        return ProductID((try row.bool(1) == true ? text.withoutZeroDecimals : text).trimmingBlanks())
    }

    private struct State {
        let feed: String
        let origin: String
        /// The oldest transaction that still runs, or the next one.
        let horizon: UInt64
        let forgotten: (transaction: UInt64, number: Int64)
    }

    private var stateStatement: PostgresStatement {
        PostgresStatement(
            """
            select feed, pg_snapshot_xmin(pg_current_snapshot())::text, forgotten_xid::text, forgotten_number,
                    (select system_identifier from pg_control_system()) || '/' || tableoid || '/'
                    || case when pg_is_in_recovery() then (select to_hex(timeline_id) from pg_control_checkpoint())
                        else lower(ltrim(left(pg_walfile_name(pg_current_wal_lsn()), 8), '0')) end
                from \(stateTable)
            """,
            readsOnly: true
        )
    }

    /// The answers to statements on the tables of the feed.
    private func answers(to statements: PostgresStatement...) async throws -> [[PostgresRow]] {
        do {
            return try await catalogue.client.run(statements)
        } catch let failure as PostgresFailure where failure.state == Self.undefinedTable {
            throw unavailable("is not installed")
        }
    }

    private static let undefinedTable = "42P01"

    private func state(_ rows: [PostgresRow]) throws(RecError) -> State {
        guard let row = rows.first, let feed = try row.text(0), let origin = try row.text(4) else {
            throw unavailable("is not installed")
        }
        return State(
            feed: feed,
            origin: origin,
            horizon: try Self.transaction(row, 1),
            forgotten: (try Self.transaction(row, 2), try row.integer(3) ?? 0)
        )
    }

    private func check(_ mark: Mark, _ state: State) throws(RecError) {
        let isHere = mark.origin == nil || mark.origin == state.origin
        guard mark.feed == state.feed, isHere, mark.transaction <= state.horizon else {
            throw unavailable("was installed anew, or the database was restored, after the mark was taken")
        }
        guard (mark.transaction, mark.number) >= state.forgotten else {
            throw unavailable("has forgotten changes that came after the mark")
        }
    }

    private static func transaction(_ row: PostgresRow, _ column: Int) throws(RecError) -> UInt64 {
        guard let text = try row.text(column), let number = UInt64(text) else {
            throw RecError(.unexpectedAnswer, "a number of a transaction was expected in column \(column + 1)")
        }
        return number
    }

    private func unavailable(_ reason: String) -> RecError {
        RecError(
            .feedUnavailable,
            "The feed of table '\(table)' \(reason). Install it if need be, take a new mark, and read the whole catalogue."
        )
    }
}
