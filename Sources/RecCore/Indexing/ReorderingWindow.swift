/// Delivers results in the order in which the work was started, even if it ends in another order.
package struct ReorderingWindow<Value> {
    private var finished: [Int: Value] = [:]
    private var started = 0
    private var taken = 0

    /// Creates a window without work.
    package init() {}

    /// The number of pieces of work that were started and have not been taken.
    package var held: Int { started - taken }

    /// The number of pieces of work that were started and have not ended.
    package var running: Int { held - finished.count }

    /// Numbers a new piece of work.
    package mutating func start() -> Int {
        defer { started += 1 }
        return started
    }

    /// Keeps a result until its turn comes.
    package mutating func finish(_ number: Int, _ value: Value) {
        finished[number] = value
    }

    /// Takes the result whose turn it is, if it is there.
    package mutating func next() -> Value? {
        guard let value = finished.removeValue(forKey: taken) else { return nil }
        taken += 1
        return value
    }
}
