#if Postgres
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A pipe that ends another thread's wait for a socket.
final class WakePipe: Sendable {
    /// What ended a wait.
    enum Event {
        case ready, woken, deadline
    }

    private let reading: Int32
    private let writing: Int32

    /// Makes a pipe, or gives `nil` when the system has no more files to give.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        (reading, writing) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        _ = close(reading)
        _ = close(writing)
    }

    /// Ends the wait, or the next one.
    func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(writing, &byte, 1)
    }

    /// Forgets what woke it.
    func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while unsafe read(reading, &bytes, bytes.count) > 0 {}
    }

    /// Waits until the socket can be read, or written to if wanted, or ``wake()`` is called; not on the threads of tasks.
    func wait(for socket: Int32, reads: Bool, writes: Bool, until deadline: ContinuousClock.Instant) -> Event {
        var files = [
            pollfd(fd: socket, events: Int16((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), revents: 0),
            pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let rest = (deadline - .now) / .milliseconds(1)
            guard rest > 0 else { return .deadline }
            let count = unsafe poll(&files, 2, Int32(min(rest.rounded(.up), 60_000)))
            if count > 0 { return files[1].revents != 0 ? .woken : .ready }
        }
    }

    /// Whether a socket has something to read, its end included.
    static func isReadable(_ socket: Int32) -> Bool {
        var file = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&file, 1, 0) > 0
    }
}
#endif
