import Dispatch
import RecCompute
import Synchronization

/// Runs the jobs of tasks on one thread, and tells when none is left.
final class WatchedExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "watched")
    private let mark = DispatchSpecificKey<Bool>()
    private let jobs = Atomic<Int>(0)
    private let idle = LockedValue<@Sendable () -> Void>({})

    init() {
        queue.setSpecific(key: mark, value: true)
    }

    /// Whether the calling code runs on the executor.
    var isCurrent: Bool { DispatchQueue.getSpecific(key: mark) == true }

    /// Sets what is called, on the executor's thread, when all jobs have run.
    func onIdle(_ action: @escaping @Sendable () -> Void) {
        idle.withLock { $0 = action }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(1, ordering: .sequentiallyConsistent)
        let job = UnownedJob(job)
        queue.async {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
            let left = self.jobs.subtract(1, ordering: .sequentiallyConsistent).newValue
            if left == 0 { self.idle.withLock(\.self)() }
        }
    }
}
