/// Runs the independent parts of a loop, one after another or on several threads.
///
/// This module has no threads. Callers with threads provide them through this protocol; results never depend on their
/// number.
package protocol ParallelLoop {
    /// The values of `body` for the parts from 0 to below `count`, in order.
    func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value]
}
