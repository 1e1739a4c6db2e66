internal import RecCompute
public import RecCore
public import RecMetadata

/// The products that a query finds in a database, one a row.
///
/// ```swift
/// let query = PostgresStatement("select id, name as title, colour, sizes, price, photo as picture from articles")
/// let catalogue = try await PostgresCatalogue(client, query: query).read()
/// ```
/// Columns are what fields are in `JSONLinesCatalogue`: one is the identifier, one the title, one the picture (see
/// `JSONLinesFormat`), and the others are attributes. Texts, dates and other types are one value, as PostgreSQL writes them
/// in JSON; numbers are numbers, arrays and JSON arrays several values, and `null` is missing.
///
/// The column of pictures holds paths or bytes. Of bytes, `Product.pictures` has the SHA-256 in hexadecimal digits, so
/// that a changed picture is another one; ``picture(of:)`` fetches them when they are needed:
///
/// ```swift
/// let embedder = ProductEmbedder(extractor: backbone, encoder: encoder) { product in
///     product.pictures.map { name in .deferred(name: name) { try await source.picture(of: product.id) } }
/// }
/// ```
public struct PostgresCatalogue: CatalogueReader {
    /// How long a query may take for one batch.
    static let patience: Duration = .seconds(600)

    let client: any PostgresClient
    let query: PostgresStatement
    let format: JSONLinesFormat
    /// What the columns are is asked for once.
    let columns = OnceAsked<CatalogueColumns>()

    /// Creates a catalogue, which reads nothing yet.
    ///
    /// - Parameters:
    ///   - client: The database.
    ///   - query: A `select` without a semicolon, with parameters if there are any. Its columns have names, each its own.
    ///   - format: Which columns are the identifier, the title and the picture, and where relative paths start.
    public init(
        _ client: any PostgresClient,
        query: PostgresStatement,
        format: JSONLinesFormat = JSONLinesFormat()
    ) {
        self.client = client
        self.query = query
        self.format = format
    }

    /// Creates a catalogue of all rows of a table.
    ///
    /// - Parameters:
    ///   - client: The database.
    ///   - table: The name of the table, or of its schema and the table with a point between them.
    ///   - format: As above.
    public init(
        _ client: any PostgresClient,
        table: String,
        format: JSONLinesFormat = JSONLinesFormat()
    ) {
        self.init(client, query: PostgresStatement("select * from \(SQLName.relation(table))"), format: format)
    }

    /// Reads all products.
    ///
    /// - Throws: ``PostgresFailure`` for what the server reports, the errors of the client, and `RecError` with code
    ///   `missing-column` when there is no column of identifiers.
    @concurrent
    public func read() async throws -> Catalogue {
        let products = LockedValue<[Product]>([])
        let report = try await read { part in products.withLock { $0 += part } }
        return Catalogue(products: products.withLock(\.self), report: report)
    }

    /// Reads products batch by batch with a cursor, so that memory holds one batch and all identifiers.
    ///
    /// A transaction is open meanwhile; PostgreSQL cannot clean up after others until it ends, so keep `receive` short.
    ///
    /// - Parameters:
    ///   - batch: The number of rows that are fetched together.
    ///   - receive: Gets the products in the order of the query.
    /// - Returns: The report of all rows. Of rows with one identifier the first counts.
    /// - Throws: As ``read()``, and the errors of `receive`.
    @concurrent
    public func read(
        batch: Int = 500,
        receive: @Sendable ([Product]) async throws -> Void
    ) async throws -> CatalogueReport {
        guard batch > 0 else { throw RecError(.invalidSetting, "'batch' is \(batch); it must be at least 1.") }
        return try await client.transaction { connection in
            var rows = CatalogueRows(format: format)
            guard let columns = try await self.columns(on: connection) else { return rows.report }
            let cursor = "rec_catalogue"
            _ = try await connection.run([columns.declaration(of: cursor)])
            var fetch = PostgresStatement("fetch \(batch) from \(cursor)")
            fetch.deadline = Self.patience
            while true {
                let page = try await connection.run([fetch])[0]
                guard !page.isEmpty else { break }
                try await receive(try rows.products(of: page))
            }
            _ = try await connection.run([PostgresStatement("close \(cursor)")])
            return rows.report
        }
    }

    /// Fetches the picture of a product, where the column of pictures has bytes.
    ///
    /// - Throws: `RecError` with code `unknown-product` when there is no such row or it has no picture; as ``read()``.
    @concurrent
    public func picture(of id: ProductID) async throws -> [UInt8] {
        guard let columns = try await columns(on: client), columns.hasPictureBytes,
            let bytes = try await row(of: id, columns)?.bytes(0)
        else {
            throw RecError(.unknownProduct, "The database has no bytes of a picture for product '\(id)'.")
        }
        return bytes
    }

    /// The row of a product's picture.
    private func row(of id: ProductID, _ columns: CatalogueColumns) async throws -> PostgresRow? {
        if let row = try await client.run([try columns.picture(of: id.rawValue)])[0].first { return row }
        guard let statement = try columns.identifiers(of: id) else { return nil }
        for row in try await client.run([statement])[0] {
            guard let text = try row.text(0), text.trimmingBlanks() == id.rawValue else { continue }
            return try await client.run([try columns.picture(of: text)])[0].first
        }
        return nil
    }

    /// Fetches the picture of a product, and waits while the database cannot be reached.
    ///
    /// Filling an index treats a picture that cannot be fetched as unusable, so an outage must not look like one.
    ///
    /// - Parameters:
    ///   - id: The product.
    ///   - pause: How long to wait before asking again.
    ///   - failed: Gets the error of each attempt that failed.
    /// - Returns: The bytes.
    /// - Throws: As ``picture(of:)``; `CancellationError` soon after the task is cancelled.
    @concurrent
    package func picture(
        of id: ProductID,
        waiting pause: Duration,
        _ failed: @Sendable (any Error) -> Void
    ) async throws -> [UInt8] {
        var slow = 0
        while true {
            do {
                return try await picture(of: id)
            } catch let error where PostgresFailure.isPassing(error) {
                if (error as? RecError)?.code == .deadlineExceeded, try await isAnswering() {
                    slow += 1
                    guard slow < Self.mostSlowAnswers else { throw error }
                }
                failed(error)
                try await Task.sleep(for: pause)
            }
        }
    }

    /// How often fetching a picture may exceed the deadline while the database answers other statements.
    private static let mostSlowAnswers = 3

    /// Whether the database answers at all.
    private func isAnswering() async throws -> Bool {
        do {
            _ = try await client.run([PostgresStatement("select 1", readsOnly: true)])
            return true
        } catch let error where PostgresFailure.isPassing(error) {
            return false
        }
    }

    /// Whether the column of pictures has bytes; `false` until a product was read.
    package var hasPictureBytes: Bool { columns.value?.hasPictureBytes ?? false }

    func columns(on connection: any PostgresConnection) async throws -> CatalogueColumns? {
        if let known = columns.value { return known }
        guard let found = try await CatalogueColumns(of: query, format, on: connection) else { return nil }
        columns.value = found
        return found
    }
}

/// A value that is found out when it is first needed.
final class OnceAsked<Value: Sendable>: Sendable {
    private let state = LockedValue<Value?>(nil)

    var value: Value? {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }
}
