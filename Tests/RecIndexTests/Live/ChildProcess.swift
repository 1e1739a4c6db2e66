import Foundation
import Testing

/// A process of the helper `CrashWriter`, whose lines are read as they come.
final class ChildProcess {
    private let identifier: pid_t
    private let output: FileHandle
    private var buffer: [UInt8] = []
    private var isOver = false

    /// Starts the helper, which lies beside the test bundle.
    init(_ arguments: String...) throws {
        let path = Bundle.module.bundleURL.deletingLastPathComponent().appendingPathComponent("CrashWriter").path
        try #require(FileManager.default.isExecutableFile(atPath: path), "no helper at \(path)")
        let pipe = Pipe()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, pipe.fileHandleForWriting.fileDescriptor, 1)
        unsafe posix_spawn_file_actions_addclose(&actions, pipe.fileHandleForReading.fileDescriptor)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var identifier: pid_t = 0
        let failure = unsafe posix_spawn(&identifier, path, &actions, nil, &words, environ)
        try #require(failure == 0, "posix_spawn: \(failure)")
        self.identifier = identifier
        try pipe.fileHandleForWriting.close()
        output = pipe.fileHandleForReading
    }

    /// The next line, or `nil` when the process has ended.
    func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                defer { buffer.removeFirst(end + 1) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            let data = output.availableData
            guard !data.isEmpty else { return nil }
            buffer += data
        }
    }

    /// All lines that are left.
    func lines() -> [String] {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        return lines
    }

    /// Ends the process by the signal that cannot be caught.
    func kill() {
        _ = Foundation.kill(identifier, SIGKILL)
    }

    /// Waits for the end and gives the exit status, or the negative of the signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        isOver = true
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    }

    deinit {
        guard !isOver else { return }
        kill()
        _ = wait()
    }
}
