import Foundation
import RecCore
import RecEngines
import RecIndex
import RecTesting
import Testing

@Suite("Publishing an index") struct IndexPublisherTests {
    private static let catalogue = RandomCatalogue(count: 300, seed: 11)
    private let source = ReferenceIndex(space: catalogue.space, products: catalogue.products)
    private let publisher = IndexPublisher(pageSize: 37, writers: 3, sample: 15)

    private var sorted: [EmbeddedProduct] { Self.catalogue.products.sorted { $0.product.id < $1.product.id } }

    @Test func `fills an empty target, and then has nothing to do`() async throws {
        let target = MemoryTarget(space: source.space)

        let first = try await publisher.publish(source, to: target)
        #expect(first == report(written: 300))
        #expect(target.products == sorted)

        let changes = target.changes
        let second = try await publisher.publish(source, to: target)
        #expect(second == report(unchanged: 300))
        #expect(target.changes == changes)
    }

    @Test func `writes what is new or another, and removes what the source lacks`() async throws {
        var old = Array(sorted.dropLast(40))
        for position in [0, 17, 259] {
            let item = old[position]
            let product = Product(id: item.product.id, attributes: ["colour": ["Other"]], title: "old")
            old[position] = EmbeddedProduct(product: product, embedding: item.embedding)
        }
        let strangers = [" first", sorted[100].product.id.rawValue + "x", "\u{1F45F} last"].map { id in
            EmbeddedProduct(product: Product(id: ProductID(id)), embedding: sorted[0].embedding)
        }
        let target = MemoryTarget(space: source.space, products: old + strangers)

        let outcome = try await publisher.publish(source, to: target)
        #expect(outcome == report(written: 43, unchanged: 257, removed: 3))
        #expect(target.products == sorted)
    }

    @Test func `is continued after a stop`() async throws {
        let target = MemoryTarget(space: source.space, fault: .stopping(after: 4))
        await #expect(throws: MemoryTarget.Stopped.self) { try await publisher.publish(source, to: target) }
        let kept = target.products.count
        #expect(kept > 0 && kept < 300)

        target.behave()
        let outcome = try await publisher.publish(source, to: target)
        #expect(outcome == report(written: 300 - kept, unchanged: kept))
        #expect(target.products == sorted)
    }

    @Test func `notices a target that loses a product`() async throws {
        let target = MemoryTarget(space: source.space, fault: .losing(sorted[150].product.id))
        let error = await #expect(throws: RecError.self) { try await publisher.publish(source, to: target) }
        #expect(error?.code.name == "different-answers")
    }

    @Test func `notices a target that mixes products up`() async throws {
        let pair = sorted.filter { $0.embedding.blocks.count == 2 }
        let target = MemoryTarget(space: source.space, fault: .swapping(pair[0].product.id, pair[1].product.id))
        let thorough = IndexPublisher(pageSize: 300, writers: 1, sample: 300)
        let error = await #expect(throws: RecError.self) { try await thorough.publish(source, to: target) }
        #expect(error?.code.name == "different-answers")
    }

    @Test func `compares by exact searches, whatever those of the target are`() async throws {
        let target = MemoryTarget(space: source.space, fault: .missing)
        #expect(try await publisher.publish(source, to: target) == report(written: 300))
    }

    @Test func `refuses a target of another recipe`() async throws {
        let other = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 3, recipe: ["backbone": "b"]))])
        let target = MemoryTarget(space: other)
        let error = await #expect(throws: RecError.self) { try await publisher.publish(source, to: target) }
        #expect(error?.code == .recipeMismatch)
        #expect(target.changes == 0)
    }

    @Test func `reports progress that ends with everything`() async throws {
        let recorder = ProgressRecorder()
        _ = try await publisher.publish(source, to: MemoryTarget(space: source.space)) { recorder.add($0) }
        let phases = recorder.all
        #expect(phases.filter { $0.phase == "publishing" }.last?.done == 300)
        #expect(phases.last?.done == 15)
        #expect(phases.last?.total == 15)
    }

    @Test func `publishes an index file to a live folder`() async throws {
        var builder = IndexBuilder(space: source.space)
        for item in sorted { try builder.add(item.product, item.embedding) }
        let index = try await builder.build()
        let path = FileManager.default.temporaryDirectory.appending(path: "rec-engines-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let target = try LiveIndex(path: path, space: source.space)

        #expect(try await publisher.publish(index, to: target) == report(written: 300))
        #expect(try await publisher.publish(index, to: target) == report(unchanged: 300))
        let query = SearchQuery(Self.catalogue.queries[0], count: 300)
        #expect(try target.neighbors(query) == index.neighbors(query))
        try await target.close()
    }

    @Test func `leaves a live folder in one segment with codes`() async throws {
        let catalogue = RandomCatalogue(count: 1200, clusters: 20, seed: 12)
        let source = ReferenceIndex(space: catalogue.space, products: catalogue.products)
        let path = FileManager.default.temporaryDirectory.appending(path: "rec-engines-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = LiveIndex.Options()
        options.memoryLimit = 20_000
        let target = try LiveIndex(path: path, space: catalogue.space, options: options)
        let recorder = ProgressRecorder()

        let outcome = try await publisher.publish(source, to: target) { recorder.add($0) }
        #expect(outcome == report(written: 1200))
        #expect(recorder.all.contains { $0.phase == "compacting" })
        #expect(target.status.segmentCount == 1)
        #expect(target.status.memoryCount == 0)
        #expect(target.snapshot.hasCodes)

        // Of a changed product, the segment has one version.
        let item = catalogue.products[0]
        try await target.upsert(EmbeddedProduct(product: Product(id: item.product.id), embedding: item.embedding))
        #expect(try await publisher.publish(source, to: target) == report(written: 1, unchanged: 1199))
        #expect(target.status.segmentCount == 1)
        #expect(target.status.deadCount == 0)
        try await target.close()
    }

    private func report(written: Int = 0, unchanged: Int = 0, removed: Int = 0) -> PublishReport {
        var report = PublishReport()
        (report.written, report.unchanged, report.removed, report.compared) = (written, unchanged, removed, 15)
        return report
    }
}
