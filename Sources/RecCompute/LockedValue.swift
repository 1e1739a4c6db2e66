package import Synchronization

/// A value behind a lock, to be used from any thread and any task.
///
/// `Mutex` of the standard library takes the number of its thread from thread-local storage, and is inlined. In an
/// asynchronous function, LLVM keeps the address of that storage across suspensions, and a task that goes on with another
/// thread then locks in the name of the one before: "Call to unlock Mutex on a thread which hasn't acquired the lock"
/// (Swift 6.3.1, optimised, Linux). The lock is taken and left in a function that is never inlined.
package struct LockedValue<Value: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline
    package let mutex: Mutex<Value>

    /// Puts a value behind a lock.
    @inlinable
    package init(_ value: consuming sending Value) { mutex = Mutex(value) }

    /// Lends the value, and waits for its turn.
    @inlinable
    @inline(never)
    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutex.withLock(body)
    }
}
