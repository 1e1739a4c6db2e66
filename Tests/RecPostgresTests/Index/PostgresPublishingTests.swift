#if Postgres
import RecCore
import RecEngines
import RecPostgres
import RecTesting
import Testing

@Suite("Publishing an index to a table") struct PostgresPublishingTests {
    private static let tables = TestTables()

    @Test(arguments: [false, true])
    func `writes what changed, and answers as the source does`(approximate: Bool) async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 21)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let stale = catalogue.products.prefix(100).map { item in
            let product = Product(id: item.product.id, attributes: ["colour": ["Other"]])
            return EmbeddedProduct(product: product, embedding: item.embedding)
        }
        let stranger = EmbeddedProduct(product: Product(id: "stranger"), embedding: stale[0].embedding)
        let target = try await Self.tables.index(catalogue.space, stale + [stranger], approximate: approximate)
        let publisher = IndexPublisher(pageSize: 64)

        let first = try await publisher.publish(source, to: target)
        #expect((first.written, first.unchanged, first.removed) == (300, 0, 1))
        let second = try await publisher.publish(source, to: target)
        #expect((second.written, second.unchanged, second.removed) == (0, 300, 0))
        #expect(second.compared > 0)

        for embedding in catalogue.queries {
            let query = SearchQuery(embedding, count: 300, contents: .all)
            #expect(try await target.search([query])[0] == source.neighbors(query))
        }
    }

    @Test(arguments: [
        "set block_image = other.block_image", "set block_metadata = other.block_metadata",
        "set attributes = other.attributes", "set title = 'other'",
    ])
    func `notices rows that others mixed up`(_ change: String) async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 22)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let (name, pool) = (Self.tables.name(), try await Self.tables.database.pool())
        let target = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        let publisher = IndexPublisher(sample: 300)
        #expect(try await publisher.publish(source, to: target).written == 300)

        let table = "\"\(name)\""
        let pair = "(select id from \(table) where block_image is not null order by id limit 2)"
        let changed = try await pool.run([
            PostgresStatement(
                "update \(table) mine \(change) from \(table) other where mine.id in \(pair) and other.id in \(pair) "
                    + "and mine.id <> other.id returning 1"
            )
        ])
        #expect(changed[0].count == 2)
        let error = await #expect(throws: RecError.self) { try await publisher.publish(source, to: target) }
        #expect(error?.code.name == "different-answers")
    }

    @Test func `compares answers where many products are tied`() async throws {
        let catalogue = RandomCatalogue(count: 60, seed: 23)
        let item = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 })
        let twins = (0..<60).map { number in
            EmbeddedProduct(product: Product(id: ProductID("twin \(number)")), embedding: item.embedding)
        }
        let source = try await localIndex(catalogue.space, catalogue.products + twins)
        let target = try await Self.tables.index(catalogue.space, [])
        let report = try await IndexPublisher(pageSize: 50, sample: 120).publish(source, to: target)
        #expect((report.written, report.compared) == (120, 120))
    }

    @Test func `adds products that another has added since, and those of a table that takes no copies`() async throws {
        let catalogue = RandomCatalogue(count: 40, seed: 24)
        let target = try await Self.tables.index(catalogue.space, Array(catalogue.products.prefix(5)))
        try await target.add(catalogue.products)
        #expect(try await target.productCount() == 40)

        let (name, owner) = (Self.tables.name(), try await Self.tables.database.pool())
        let guarded = try await PostgresIndex.create(table: name, space: catalogue.space, in: owner)
        let (table, space) = ("\"\(name)\"", "\"\(name)_space\"")
        let role = "writer_\(UInt32.random(in: 0...UInt32.max))"
        _ = try await owner.run(
            [
                "create role \(role)", "grant select, insert, update on \(table) to \(role)",
                "grant select on \(space) to \(role)", "alter table \(table) enable row level security",
                "create policy everything on \(table) using (true)",
            ].map { PostgresStatement($0) }
        )
        let pool = try await Self.tables.database.pool { $0.connections = 1 }
        _ = try await pool.run([PostgresStatement("set session authorization \(role)")])
        try await PostgresIndex.open(table: name, in: pool).add(catalogue.products)
        #expect(try await guarded.productCount() == 40)
    }

    @Test func `is complete for others only when it has ended`() async throws {
        let catalogue = RandomCatalogue(count: 90, seed: 26)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let (name, pool) = (Self.tables.name(), try await Self.tables.database.pool())
        var target = try await PostgresIndex.create(
            table: name,
            space: catalogue.space,
            in: pool,
            approximate: true,
            publishing: true
        )
        try await target.add(Array(catalogue.products[..<30]))
        var reader = try await PostgresIndex.open(table: name, in: pool)
        #expect(await unfinishedCalls(of: reader, with: catalogue.products[40]) == [])
        reader.effort = .approximate(candidates: 50)
        let query = SearchQuery(catalogue.queries[0], count: 20)
        await expectUnfinished { [reader] in _ = try await reader.search([query]) }
        await expectUnfinished { [reader] in try await reader.buildGraph() }
        await expectUnfinished { [reader] in
            let removed: Int = try await pool.transaction { connection in
                try await reader.change(upserting: [], removing: ["1"], on: connection)
            }
            #expect(removed == 0)
        }

        // Another process goes on with it.
        target = try await PostgresIndex.open(table: name, in: pool)
        target.isPublishing = true
        let report = try await IndexPublisher().publish(source, to: target)
        #expect((report.written, report.unchanged) == (60, 30))
        reader.effort = .exact
        #expect(try await reader.search([query])[0] == source.neighbors(query))
        #expect(try await reader.remove([catalogue.products[0].product.id]) == 1)

        // A copy into a table that was complete keeps it open.
        #expect(try await IndexPublisher().publish(source, to: reader).written == 1)
        #expect(try await reader.productCount() == 90)
    }

    @Test func `of two runs at once both end with the whole index`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 28)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let (name, pool) = (Self.tables.name(), try await Self.tables.database.pool())
        let target = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool, publishing: true)
        var opened = try await PostgresIndex.open(table: name, in: pool)
        opened.isPublishing = true
        let others = opened
        let publisher = IndexPublisher(pageSize: 16)
        async let first = publisher.publish(source, to: target)
        async let second = publisher.publish(source, to: others)
        let reports = try await [first, second]
        #expect(reports.allSatisfy { $0.written + $0.unchanged == 300 && $0.removed == 0 })
        let index = try await PostgresIndex.open(table: name, in: pool)
        #expect(try await index.productCount() == 300)
        let query = SearchQuery(catalogue.queries[0], count: 300, contents: .all)
        #expect(try await index.search([query])[0] == source.neighbors(query))
    }

    @Test func `a table of the version before is complete`() async throws {
        let catalogue = RandomCatalogue(count: 20, seed: 27)
        let (name, pool) = (Self.tables.name(), try await Self.tables.database.pool())
        let made = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool, notes: ["a": "b"])
        try await made.upsert(catalogue.products)
        _ = try await pool.run([
            PostgresStatement("alter table \"\(name)_space\" drop column finished"),
            PostgresStatement("update \"\(name)_space\" set format = 1"),
        ])
        let index = try await PostgresIndex.open(table: name, in: pool)
        #expect(index.notes == ["a": "b"])
        #expect(try await index.productCount() == 20)
        let source = try await localIndex(catalogue.space, Array(catalogue.products.dropLast()))
        #expect(try await IndexPublisher().publish(source, to: index).removed == 1)
    }

    @Test func `adds nothing to a table that was replaced`() async throws {
        let catalogue = RandomCatalogue(count: 10, seed: 25)
        let (name, pool) = (Self.tables.name(), try await Self.tables.database.pool())
        let old = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool)
        let new = try await PostgresIndex.create(table: name, space: catalogue.space, in: pool, replacing: true)
        let error = await #expect(throws: RecError.self) { try await old.add(catalogue.products) }
        #expect(error?.code.name == "table-replaced")
        #expect(try await new.productCount() == 0)
    }

    private func expectUnfinished(_ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("the call went on")
        } catch {
            #expect((error as? RecError)?.code == .unfinishedIndex)
        }
    }
}
#endif
