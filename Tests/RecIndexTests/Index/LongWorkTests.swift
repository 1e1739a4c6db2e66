import RecCompute
import RecCore
import RecIndex
import RecTesting
import Testing

/// Building and measuring, called from a server.
@Suite struct `Long work of an index` {
    let catalogue = RandomCatalogue(count: 600, dimension: 70, clusters: 12, seed: 9)

    private func builder() throws -> IndexBuilder {
        var builder = IndexBuilder(space: catalogue.space)
        for item in catalogue.products { try builder.add(item.product, item.embedding) }
        return builder
    }

    @Test func `it makes the same index as on the calling thread`() async throws {
        let exact = try makeIndex(catalogue.space, catalogue.products)
        let coded = try coded(exact)
        let folder = try makeTemporaryFolder()
        defer { removeFolder(folder) }
        try await builder().build(codes: .always, threads: 2).write(to: folder + "/built")
        try await exact.with(codes: .always).write(to: folder + "/with")
        try write(coded, to: folder + "/expected")
        #expect(try bytes(of: folder + "/built") == bytes(of: folder + "/expected"))
        #expect(try bytes(of: folder + "/with") == bytes(of: folder + "/expected"))
    }

    @Test func `an actor goes on answering meanwhile`() async throws {
        let index = try makeIndex(catalogue.space, catalogue.products)
        let host = Host()
        let visitors = Task {
            for _ in 0..<30 {
                await host.visit()
                await Task.yield()
            }
        }
        // They never end if the actor answers nobody meanwhile.
        try await host.work(untilVisits: 10) { _ = try await index.with(codes: .always) }
        try await host.work(untilVisits: 20) { _ = try await index.leastEffort(forRecall: 0.5, sample: 5) }
        let builder = try builder()
        try await host.work(untilVisits: 30) { _ = try await builder.build(codes: .always) }
        await visitors.value
    }

    @Test func `progress rises to everything`() async throws {
        let index = try makeIndex(catalogue.space, catalogue.products)
        let reports = Reports()
        let coded = try await index.with(codes: .always) { reports.add($0) }
        reports.check(total: 600)
        _ = try await coded.with(codes: .always) { reports.add($0) }
        #expect(reports.count == 1, "codes were made twice")
        reports.check(total: 600)
        _ = try await builder().build(codes: .never) { reports.add($0) }
        reports.check(total: 600)
        _ = try await coded.leastEffort(forRecall: 0.5, sample: 20) { reports.add($0) }
        reports.check(total: 140)
    }

    @Test func `it ends soon after its task is cancelled`() async throws {
        let index = try makeIndex(catalogue.space, catalogue.products)
        let cancel: @Sendable (WorkProgress) -> Void = { _ in unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
        let builder = try builder()
        for work in [
            { _ = try await builder.build(codes: .always, progress: cancel) },
            { _ = try await index.with(codes: .always, progress: cancel) },
            { _ = try await index.leastEffort(forRecall: 1, progress: cancel) },
        ] as [@Sendable () async throws -> Void] {
            let task = Task { try await work() }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func `settings out of range are refused`() async throws {
        var index = try makeIndex(catalogue.space, catalogue.products)
        for threads in [0, -1] {
            let error = await #expect(throws: RecError.self) {
                try await index.with(codes: .always, threads: threads)
            }
            #expect(error?.code == .invalidSetting)
        }
        for (recall, sample) in [(-0.1, 10), (1.1, 10), (.nan, 10), (0.5, 0), (0.5, -1)] {
            let error = await #expect(throws: RecError.self) {
                try await index.leastEffort(forRecall: recall, sample: sample)
            }
            #expect(error?.code == .invalidSetting)
        }
        let query = SearchQuery(catalogue.queries[0])
        for effort in [
            .bounded(share: -0.1), .bounded(share: 1.1), .bounded(share: .nan), .probing(products: 0, candidates: 1),
            .probing(products: 1, candidates: 0), .probing(products: -5, candidates: -5),
        ] as [SearchEffort] {
            index.effort = effort
            #expect(throws: RecError.self) { try index.neighbors(query) }
            let error = #expect(throws: RecError.self) { try index.neighbors(forAll: [query, query]) }
            #expect(error?.code == .invalidSetting)
        }
    }

    private func coded(_ index: Index) throws -> Index { try index.with(codes: .always) }

    private func write(_ index: Index, to path: String) throws { try index.write(to: path) }

    private actor Host {
        private var visits = 0

        func visit() { visits += 1 }

        func work(untilVisits wanted: Int, _ body: @Sendable () async throws -> Void) async throws {
            while visits < wanted { try await body() }
        }
    }

    /// Reports of one piece of work after another.
    private final class Reports: Sendable {
        private let reports = LockedValue<[WorkProgress]>([])

        func add(_ progress: WorkProgress) { reports.withLock { $0.append(progress) } }

        var count: Int { reports.withLock { $0.count } }

        func check(total: Int) {
            let all = reports.withLock { reports in
                defer { reports = [] }
                return reports
            }
            #expect(all.last?.done == total)
            #expect(all.allSatisfy { $0.total == total })
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.done <= $1.done && $0.elapsed <= $1.elapsed })
        }
    }
}
