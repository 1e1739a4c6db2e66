internal import RecCompute
internal import RecMath

extension ThreadTeam: ParallelLoop {
    package func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        let values = LockedValue([Value?](repeating: nil, count: count))
        run(units: count) { unit, _ in
            let value = body(unit)
            values.withLock { $0[unit] = value }
        }
        return values.withLock { $0.compactMap { $0 } }
    }
}
