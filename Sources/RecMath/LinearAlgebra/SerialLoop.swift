/// Runs the parts of a loop one after another, on the calling thread.
package struct SerialLoop: ParallelLoop {
    package init() {}

    package func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        (0..<count).map(body)
    }
}
