/// Runs tasks on threads of its own, so that long work does not occupy the cooperative pool.
///
/// Pass it to `Task.detached(executorPreference:)` or `withTaskExecutorPreference(_:)`. Functions that are `@concurrent`,
/// or nonisolated and called by such a task, run on its threads too. Jobs start in the order of arrival. A thread starts
/// when a job comes and all others are busy. The threads end after the last reference to the executor; a task that
/// prefers the executor holds one.
package final class ThreadExecutor: TaskExecutor {
    private let monitor = Monitor(Jobs())
    private let threads: Int
    private let niceness: Int32

    /// Creates an executor without threads.
    ///
    /// - Parameters:
    ///   - threads: The most threads that it may have.
    ///   - niceness: How much lower than the caller's the threads' priority is, from 0 to 19; ignored on macOS.
    package init(threads: Int, niceness: Int32 = 0) {
        precondition(threads > 0, "an executor has a thread")
        self.threads = threads
        self.niceness = niceness
    }

    deinit {
        monitor.withLock { $0.isLast = true }
        monitor.wakeAll()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let needsThread = monitor.withLock { [threads] jobs in
            jobs.waiting.append((job, self))
            if jobs.waiting.count <= jobs.sleepers || jobs.threads == threads { return false }
            jobs.threads += 1
            return true
        }
        if needsThread { startThread() } else { monitor.wakeOne() }
    }

    /// Starts a thread that has been counted already.
    ///
    /// When the system has none to give, and no other thread is left, the jobs go to the cooperative pool.
    private func startThread() {
        let monitor = self.monitor
        let niceness = self.niceness
        let thread = SystemThread {
            #if !canImport(Darwin)
            SystemThread.lowerPriority(niceness)
            #endif
            Self.work(monitor)
        }
        if let thread { return thread.detach() }
        let orphans = monitor.withLock { jobs in
            jobs.threads -= 1
            guard jobs.threads == 0 else { return [(job: UnownedJob, executor: ThreadExecutor)]() }
            defer { jobs.waiting = [] }
            return jobs.waiting
        }
        for orphan in orphans { globalConcurrentExecutor.enqueue(orphan.job) }
    }

    /// Runs jobs until there is no executor; between jobs, a thread holds no reference to it.
    private static func work(_ monitor: Monitor<Jobs>) {
        while true {
            var sleeps = false
            let next: Step = monitor.wait { jobs in
                if sleeps { jobs.sleepers -= 1 }
                sleeps = jobs.waiting.isEmpty && !jobs.isLast
                if sleeps {
                    jobs.sleepers += 1
                    return nil
                }
                guard !jobs.waiting.isEmpty else { return .end }
                let next = jobs.waiting.removeFirst()
                return .run(next.job, next.executor)
            }
            guard case .run(let job, let executor) = next else { return }
            withExtendedLifetime(executor) { unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor()) }
        }
    }

    private enum Step {
        case run(UnownedJob, ThreadExecutor)
        case end
    }

    /// The jobs that wait for a thread, and the number of threads.
    private struct Jobs {
        var waiting: [(job: UnownedJob, executor: ThreadExecutor)] = []
        var threads = 0
        var sleepers = 0
        var isLast = false
    }
}
