private import RecCompute

/// Counts the questions to an actor and its answers.
final class Questions: Sendable {
    private let counts = LockedValue<(asked: Int, answered: Int)>((0, 0))

    var asked: Int { counts.withLock { $0.asked } }
    var answered: Int { counts.withLock { $0.answered } }

    /// Asks the actor of an executor; one that is busy with the caller cannot answer.
    func ask(_ executor: ObservedExecutor) {
        let canAnswer = !executor.isCurrent
        if canAnswer { executor.waitForAnswer() }
        counts.withLock { counts in
            counts.asked += 1
            if canAnswer { counts.answered += 1 }
        }
    }
}
