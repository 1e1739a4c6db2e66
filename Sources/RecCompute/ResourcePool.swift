/// Things that are dear to make and used by one task at a time, kept for the next task.
///
/// There are never more of them than tasks that used one at the same time.
@safe
package final class ResourcePool<Resource>: @unchecked Sendable {
    private let make: @Sendable () -> Resource
    private let lock = LockedValue<Void>(())
    // Read and written under the lock only; a resource in it belongs to nobody.
    private var spares: [Resource] = []

    /// Creates an empty pool.
    package init(_ make: @escaping @Sendable () -> Resource) {
        self.make = make
    }

    /// Calls `body` with a resource for its exclusive use.
    package func withResource<Value, Failure: Error>(
        _ body: (Resource) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let resource = lock.withLock { _ in spares.popLast() } ?? make()
        defer { lock.withLock { _ in spares.append(resource) } }
        return try body(resource)
    }
}
