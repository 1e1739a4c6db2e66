#if Postgres
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Synchronization
import Testing

/// Makes tables of their own for the tests of one type.
struct TestTables: Sendable {
    let database = PostgresDatabase()

    private static let count = Atomic<Int>(0)

    /// A name that no other test uses.
    func name() -> String { "table \(Self.count.add(1, ordering: .relaxed).newValue)" }

    /// An index of some products in a table of its own.
    func index(
        _ space: EmbeddingSpace,
        _ products: [EmbeddedProduct],
        approximate: Bool = false,
        pool: PostgresPool? = nil
    ) async throws -> PostgresIndex {
        let client: PostgresPool = if let pool { pool } else { try await database.pool() }
        let index = try await PostgresIndex.create(table: name(), space: space, in: client, approximate: approximate)
        try await index.upsert(products)
        return index
    }
}

/// An index in this process of the same products.
func localIndex(_ space: EmbeddingSpace, _ products: [EmbeddedProduct]) async throws -> Index {
    var builder = IndexBuilder(space: space)
    for item in products { try builder.add(item.product, item.embedding) }
    return try await builder.build()
}

/// The share of the ten nearest products that an index finds, for forty products with a filter and without.
///
/// No answer may be short.
func graphRecall(
    of index: PostgresIndex,
    beside local: Index,
    _ catalogue: RandomCatalogue
) async throws -> Double {
    var (found, wanted) = (0, 0)
    for filter in [nil, AttributeFilter.number("price", in: ...15)] {
        for item in catalogue.products.prefix(40) {
            let query = SearchQuery(item.embedding, count: 10, filter: filter)
            let exact = try local.neighbors(query)
            let answer = try await index.search([query])[0]
            #expect(answer.count == exact.count)
            wanted += exact.count
            found += Set(answer).intersection(exact).count
        }
    }
    return Double(found) / Double(wanted)
}
#endif
