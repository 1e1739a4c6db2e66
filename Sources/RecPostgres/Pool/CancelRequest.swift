#if Postgres
internal import RecCompute
internal import Synchronization

/// A request to stop, sent by a thread of its own.
///
/// A server that stands still lets such threads wait until it goes on or ends. There are few of them in a process;
/// connections beyond are given up without a request.
final class CancelRequest: Sendable {
    private static let running = Atomic<Int>(0)
    private static let limit = 32

    private let done = Atomic<Bool>(false)

    init(_ canceller: LibPQCanceller?, waking pipe: WakePipe) {
        guard let canceller else {
            done.store(true, ordering: .releasing)
            return
        }
        guard Self.running.add(1, ordering: .relaxed).newValue <= Self.limit else {
            Self.running.subtract(1, ordering: .relaxed)
            return
        }
        let isStarted = BackgroundThread.run(niceness: 0) { [self] in
            canceller.run()
            done.store(true, ordering: .releasing)
            pipe.wake()
            Self.running.subtract(1, ordering: .relaxed)
        }
        if !isStarted { Self.running.subtract(1, ordering: .relaxed) }
    }

    var isDone: Bool { done.load(ordering: .acquiring) }
}
#endif
