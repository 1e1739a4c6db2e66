#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A separate thread for long background work, so that it occupies none of the host's threads.
package enum BackgroundThread {
    /// Runs `body` on a new thread of lower priority.
    ///
    /// - Parameters:
    ///   - niceness: How far the thread stands back when processors are scarce, from 0 to 19.
    ///   - body: The work.
    /// - Returns: Whether the system had a thread to give; `body` does not run otherwise.
    package static func run(niceness: Int32, _ body: @escaping @Sendable () -> Void) -> Bool {
        let thread = SystemThread {
            SystemThread.lowerPriority(niceness)
            body()
        }
        thread?.detach()
        return thread != nil
    }

    /// Lets the calling thread do nothing for a while; it must be one of ours.
    package static func sleep(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var time = timespec(tv_sec: time_t(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var rest = timespec()
        while unsafe nanosleep(&time, &rest) != 0, errno == EINTR { time = rest }
    }
}
