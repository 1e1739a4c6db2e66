internal import CRecKernels
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Threads that stand by to share the units of one loop after another.
///
/// They wait in a loop of their own for a short while, so that a network's layers follow each other without a system
/// call, and go to sleep after that. One task uses a team at a time.
package final class ThreadTeam {
    /// The number of threads, the caller's included.
    package let count: Int

    private let shared: Shared
    private var threads: [SystemThread] = []

    /// The number of processors that the calling thread may use.
    package static var processorCount: Int { Int(rec_processor_count()) }

    /// Starts `count - 1` threads; fewer when the system has no more to give.
    package init(count: Int) {
        precondition(count > 0, "a team has a thread")
        shared = Shared(shares: max(count, 1))
        for participant in 1..<max(count, 1) {
            let member = Member(shared: shared, participant: participant)
            guard let thread = SystemThread({ member.work() }) else { break }
            threads.append(thread)
        }
        self.count = threads.count + 1
    }

    deinit {
        shared.start(units: 0, isLast: true, body: nil)
        for thread in threads { thread.join() }
    }

    /// Runs `body(unit, participant)` for every unit and returns when all are done.
    package func run(units: Int, _ body: (Int, Int) -> Void) {
        guard count > 1, units > 1 else {
            for unit in 0..<units { body(unit, 0) }
            return
        }
        if shared.hasSleepers {
            for (index, thread) in threads.enumerated() { rec_place_thread(thread.handle, Int32(index)) }
        }
        withoutActuallyEscaping(body) { body in
            shared.waiting.store(count - 1, ordering: .relaxed)
            shared.start(units: units, isLast: false, body: body)
            shared.takeUnits(participant: 0)
            shared.waitForMembers()
            shared.forget()
        }
    }

    /// A thread of the team.
    private final class Member: Sendable {
        private let shared: Shared
        private let participant: Int

        init(shared: Shared, participant: Int) {
            self.shared = shared
            self.participant = participant
        }

        func work() {
            rec_remember_processors()
            var round = 0
            while true {
                round = shared.waitForRound(after: round)
                if shared.isLast.load(ordering: .relaxed) { return }
                shared.takeUnits(participant: participant)
                shared.waiting.subtract(1, ordering: .acquiringAndReleasing)
            }
        }
    }

    /// The next unit of a thread's share, apart from those of others in memory.
    private final class Share: Sendable {
        let next = Atomic<Int>(0)
        private let padding = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    }

    /// The shared state of a team's threads.
    ///
    /// `units` and `body` change only while no thread is at work; the counter `round` publishes them.
    private final class Shared: @unchecked Sendable {
        let waiting = Atomic<Int>(0)
        let isLast = Atomic<Bool>(false)
        private let round = Atomic<Int>(0)
        private let shares: [Share]
        private let sleepers = Atomic<Int>(0)
        private var units = 0
        private var body: ((Int, Int) -> Void)?
        private let monitor = Monitor(())

        /// Looks at the counter before going to sleep: about a tenth of a millisecond.
        private static let patience = 2000

        init(shares: Int) { self.shares = (0..<shares).map { _ in Share() } }

        func start(units: Int, isLast: Bool, body: ((Int, Int) -> Void)?) {
            self.units = units
            self.body = body
            self.isLast.store(isLast, ordering: .relaxed)
            for share in shares { share.next.store(0, ordering: .relaxed) }
            round.add(1, ordering: .sequentiallyConsistent)
            guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
            // A member that is about to sleep has the lock until it does.
            monitor.withLock { _ in }
            monitor.wakeAll()
        }

        func forget() { body = nil }

        /// Whether some member sleeps, so that the next round has to wake it.
        var hasSleepers: Bool { sleepers.load(ordering: .relaxed) > 0 }

        /// Waits until every member has found nothing more to do.
        ///
        /// A member that the system has put aside gets the processor after a while.
        func waitForMembers() {
            var looks = 0
            while waiting.load(ordering: .acquiring) > 0 {
                looks += 1
                if looks < Self.patience { rec_relax() } else { sched_yield() }
            }
        }

        /// Runs units of the participant's own share, then what others have not started of theirs.
        ///
        /// Loops of equally many units give each thread the same ones, so that what they have in common is in its cache.
        func takeUnits(participant: Int) {
            guard let body else { return }
            for turn in shares.indices {
                let owner = (participant + turn) % shares.count
                let end = units * (owner + 1) / shares.count
                let start = units * owner / shares.count
                while true {
                    let unit = start + shares[owner].next.add(1, ordering: .relaxed).oldValue
                    guard unit < end else { break }
                    body(unit, participant)
                }
            }
        }

        func waitForRound(after last: Int) -> Int {
            for _ in 0..<Self.patience {
                let now = round.load(ordering: .acquiring)
                if now != last { return now }
                rec_relax()
            }
            sleepers.add(1, ordering: .sequentiallyConsistent)
            monitor.wait { _ in round.load(ordering: .sequentiallyConsistent) == last ? nil : () }
            sleepers.subtract(1, ordering: .sequentiallyConsistent)
            rec_restore_processors()
            return round.load(ordering: .acquiring)
        }
    }
}
