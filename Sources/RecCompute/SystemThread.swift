#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread of the operating system.
struct SystemThread {
    private let thread: pthread_t

    /// Starts a thread, or gives `nil` when the system has no more to give; `body` does not run then.
    init?(_ body: @escaping @Sendable () -> Void) {
        let context = unsafe Unmanaged.passRetained(Work(body))
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
                #else
                guard let context = unsafe context else { return nil }
                let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                #endif
                work.body()
                return nil
            },
            context.toOpaque()
        )
        guard failure == 0 else {
            unsafe context.release()
            return nil
        }
        #if canImport(Darwin)
        guard let thread else { return nil }
        #endif
        self.thread = thread
    }

    /// The system's name of the thread.
    var handle: pthread_t { thread }

    /// Waits until the thread has ended.
    ///
    /// Call this or ``detach()``, once.
    func join() { pthread_join(thread, nil) }

    /// Lets the thread end by itself.
    func detach() { pthread_detach(thread) }

    /// Lowers the priority of the calling thread.
    ///
    /// - Parameter niceness: How much, from 0 to 19; on macOS, the thread becomes one of the background.
    static func lowerPriority(_ niceness: Int32) {
        #if canImport(Darwin)
        _ = setpriority(PRIO_DARWIN_THREAD, 0, PRIO_DARWIN_BG)
        #else
        guard niceness > 0 else { return }
        // PRIO_PROCESS, which C libraries declare in different ways; on Linux 0 is the calling thread.
        _ = setpriority(0, 0, getpriority(0, 0) + niceness)
        #endif
    }

    /// What a thread is given.
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
