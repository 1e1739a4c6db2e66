import RecCompute

/// What searches answered while something was killed.
final class KillReport: Sendable {
    /// A search that ended.
    private struct Entry {
        let start: ContinuousClock.Instant
        let end: ContinuousClock.Instant
        /// The code of its error; empty for none.
        let fault: String
        let isRight: Bool
    }

    private let entries = LockedValue<[Entry]>([])
    private let killed = LockedValue<ContinuousClock.Instant?>(nil)
    private let over = LockedValue(false)

    /// Whether no more searches are wanted.
    var isOver: Bool { over.withLock { $0 } }

    /// Ends the searches.
    func end() { over.withLock { $0 = true } }

    /// Notes that something was killed now.
    func kill() { killed.withLock { $0 = .now } }

    /// Notes a search that ended now.
    func add(since start: ContinuousClock.Instant, isRight: Bool, fault: String = "") {
        entries.withLock { $0.append(Entry(start: start, end: .now, fault: fault, isRight: isRight)) }
    }

    /// Whether all searches that ended in the last seconds were right, and there were some.
    func isRight(for duration: Duration) -> Bool {
        let recent = entries.withLock { entries in entries.filter { $0.end > .now - duration } }
        return recent.count > 5 && recent.allSatisfy(\.isRight)
    }

    /// The number of answers that came without an error and were not right.
    var wrong: Int { entries.withLock { entries in entries.count { $0.fault.isEmpty && !$0.isRight } } }

    /// One line about all searches.
    var summary: String {
        let entries = entries.withLock { $0 }
        let start = killed.withLock { $0 } ?? entries.first?.start ?? .now
        func span(_ chosen: [Entry]) -> String {
            guard let first = chosen.first, let last = chosen.last else { return "none" }
            return "\(chosen.count) from \(seconds(first.start - start)) to \(seconds(last.end - start)) s"
        }
        let faults = entries.filter { !$0.fault.isEmpty }
        let codes = Set(faults.map(\.fault)).sorted().joined(separator: ", ")
        let longest = entries.map { $0.end - $0.start }.max() ?? .zero
        return "\(entries.count) searches, longest \(seconds(longest)) s; errors: \(span(faults)) (\(codes)); "
            + "wrong: \(span(entries.filter { $0.fault.isEmpty && !$0.isRight }))"
    }

    private func seconds(_ duration: Duration) -> Double { (duration / .seconds(1) * 10).rounded() / 10 }
}
