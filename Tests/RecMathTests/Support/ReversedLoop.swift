import RecMath

/// Runs the last part first, as threads may.
struct ReversedLoop: ParallelLoop {
    func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        (0..<count).reversed().map(body).reversed()
    }
}
