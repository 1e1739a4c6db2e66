#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread of its own for long work that nobody waits for, so that it takes none of the host's.
package enum BackgroundThread {
    /// Runs `body` on a new thread of lower priority.
    ///
    /// - Parameters:
    ///   - niceness: How far the thread stands back when processors are scarce, from 0 to 19.
    ///   - body: The work.
    /// - Returns: Whether the system had a thread to give; `body` does not run otherwise.
    package static func run(niceness: Int32, _ body: @escaping @Sendable () -> Void) -> Bool {
        let context = unsafe Unmanaged.passRetained(Work(niceness: niceness, body))
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        let failure = unsafe pthread_create(
            &thread,
            nil,
            { context in
                #if canImport(Darwin)
                let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                _ = setpriority(PRIO_DARWIN_THREAD, 0, PRIO_DARWIN_BG)
                #else
                guard let context = unsafe context else { return nil }
                let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                // PRIO_PROCESS, which C libraries declare in different ways; on Linux 0 is the calling thread.
                _ = setpriority(0, 0, work.niceness)
                #endif
                work.body()
                return nil
            },
            context.toOpaque()
        )
        guard failure == 0 else {
            unsafe context.release()
            return false
        }
        #if canImport(Darwin)
        if let thread { pthread_detach(thread) }
        #else
        pthread_detach(thread)
        #endif
        return true
    }

    /// What a thread is given.
    private final class Work: Sendable {
        let niceness: Int32
        let body: @Sendable () -> Void

        init(niceness: Int32, _ body: @escaping @Sendable () -> Void) {
            self.niceness = niceness
            self.body = body
        }
    }
}
