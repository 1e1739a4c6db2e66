import Foundation
import RecCompute
import RecCore
import RecIndex
import RecTesting
import Synchronization
import Testing

/// The calls that wait for the disk.
enum LongWriteCall: String, CaseIterable, Sendable {
    case writing, compacting, flushing, applying, refreshing

    static let reporting: [LongWriteCall] = [.writing, .compacting]

    /// Makes the call for an index in a folder.
    func run(_ index: LiveIndex, in folder: String, _ progress: @escaping @Sendable (WorkProgress) -> Void) async throws
    {
        switch self {
        case .writing: try await index.snapshot.write(to: folder + "/file", progress: progress)
        case .compacting: try await index.compact(progress: progress)
        case .flushing: try await index.flush()
        case .applying: try await index.apply(index.ids.prefix(3).map { .remove($0) })
        case .refreshing: try await LiveIndexReader(path: folder + "/live").refresh()
        }
    }
}

@Suite struct `A call that waits for the disk` {
    let catalogue = RandomCatalogue(count: 60, dimension: 8, seed: 6)

    @Test(arguments: LongWriteCall.allCases)
    func `leaves its caller's actor free`(operation: LongWriteCall) async throws {
        try await withIndex { index, folder in
            let call = try await CallingActor().call { actor in
                try await operation.run(index, in: folder) { _ in actor.ask() }
            }
            #expect(call.leftActorFree)
            #expect((call.answers > 0) == LongWriteCall.reporting.contains(operation))
        }
    }

    @Test(arguments: LongWriteCall.reporting)
    func `leaves everything as it was when its task is cancelled`(operation: LongWriteCall) async throws {
        try await withIndex { index, folder in
            let live = segments(in: folder + "/live")
            let outside = names(in: folder)
            let isCancelled = Mark()
            await #expect(throws: CancellationError.self) {
                // The thread of the index makes the reports, so another one cancels the task.
                let (reports, told) = AsyncStream.makeStream(of: Void.self)
                let task = Task {
                    try await operation.run(index, in: folder) { progress in
                        guard progress.done == 0 else { return }
                        told.yield()
                        while !isCancelled.isSet { sched_yield() }
                    }
                }
                for await _ in reports { break }
                task.cancel()
                isCancelled.set()
                try await task.value
            }
            #expect(segments(in: folder + "/live") == live)
            #expect(names(in: folder) == outside)
            #expect(index.count == 60)
            try await index.compact()
            #expect(index.count == 60)
        }
    }

    @Test(arguments: LongWriteCall.reporting)
    func `reports progress that never goes back and ends with everything done`(operation: LongWriteCall) async throws {
        try await withIndex { index, folder in
            let told = Reports()
            try await operation.run(index, in: folder) { told.add($0) }
            let values = told.values
            #expect(values.count > 1)
            #expect(values.last?.done == 60)
            #expect(values.allSatisfy { $0.total == 60 })
            #expect(zip(values, values.dropFirst()).allSatisfy { $0.done <= $1.done })
        }
    }

    @Test func `is not waited for by the status`() async throws {
        try await withIndex { index, _ in
            // It never ends if the status waits for the writer.
            let status = index.withChangesHeld { index.status }
            #expect(status.count == 60)
            #expect(status.logSize > 0)
        }
    }

    @Test func `closing frees the folder, and later changes throw`() async throws {
        try await withIndex { index, folder in
            let item = catalogue.products[0]
            try await index.close()
            try await index.close()
            let calls: [@Sendable () async throws -> Void] = [
                { try await index.upsert(item) }, { try await index.flush() }, { try await index.compact() },
            ]
            for call in calls {
                let error = await #expect(throws: RecError.self) { try await call() }
                #expect(error?.code == .unwritable)
                #expect(error?.message.contains("closed") == true)
            }
            #expect(index.count == 60)
            let next = try LiveIndex(path: folder + "/live")
            #expect(next.count == 60)
            try await next.remove(item.product.id)
            #expect(next.count == 59)
        }
    }

    private func withIndex(_ body: (LiveIndex, String) async throws -> Void) async throws {
        let folder = try makeTemporaryFolder()
        defer { removeFolder(folder) }
        let index = try LiveIndex(path: folder + "/live", space: catalogue.space, options: .large)
        try await index.upsert(catalogue.products.prefix(30))
        try await index.compact()
        try await index.upsert(catalogue.products.suffix(30))
        try await body(index, folder)
    }

    /// A mark that a thread waits for.
    private final class Mark: Sendable {
        private let value = Atomic<Bool>(false)

        var isSet: Bool { value.load(ordering: .acquiring) }

        func set() { value.store(true, ordering: .releasing) }
    }

    private final class Reports: Sendable {
        private let reports = LockedValue<[WorkProgress]>([])

        var values: [WorkProgress] { reports.withLock { $0 } }

        func add(_ progress: WorkProgress) { reports.withLock { $0.append(progress) } }
    }
}
