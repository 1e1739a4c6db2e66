private import Dispatch
private import Synchronization

/// Runs the jobs of one actor on a queue of its own, and observes it.
final class ObservedExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "actor of a test")
    private let mark = DispatchSpecificKey<Bool>()
    private let enqueued = Atomic<Int>(0)

    init() {
        queue.setSpecific(key: mark, value: true)
    }

    /// How many jobs the actor was given so far.
    var jobCount: Int { enqueued.load(ordering: .sequentiallyConsistent) }

    /// Whether the calling code runs on the actor.
    var isCurrent: Bool { DispatchQueue.getSpecific(key: mark) == true }

    /// Waits until the actor has answered.
    ///
    /// - Precondition: The calling code does not run on the actor.
    func waitForAnswer() {
        queue.sync {}
    }

    func enqueue(_ job: consuming ExecutorJob) {
        enqueued.add(1, ordering: .sequentiallyConsistent)
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
