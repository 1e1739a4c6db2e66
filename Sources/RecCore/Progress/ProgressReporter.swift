/// Reports the progress of one operation to a closure, if there is one.
package struct ProgressReporter: Sendable {
    private let phase: String
    private let total: Int?
    private let handler: (@Sendable (WorkProgress) -> Void)?
    private let start = ContinuousClock.now

    /// Starts the clock.
    ///
    /// - Parameters:
    ///   - phase: The name of the phase.
    ///   - total: The number of items, if it is known.
    ///   - handler: Gets the reports.
    package init(_ phase: String, total: Int?, to handler: (@Sendable (WorkProgress) -> Void)?) {
        self.phase = phase
        self.total = total
        self.handler = handler
    }

    /// Reports the number of finished items.
    package func report(done: Int, failures: Int = 0, cached: Int = 0) {
        handler?(
            WorkProgress(
                phase: phase,
                done: done,
                total: total,
                failures: failures,
                cached: cached,
                elapsed: ContinuousClock.now - start
            )
        )
    }
}
