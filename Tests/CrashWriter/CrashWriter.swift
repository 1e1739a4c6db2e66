import Foundation
import RecCore
import RecIndex
import RecTesting

/// Changes an index so that a test can end it, or its disk, at any moment.
///
/// Standard output is read by the test: one line for each call that was acknowledged, or for each outcome.
@main struct CrashWriter {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let number = UInt64(arguments[3]) else { exit(64) }
        switch arguments[1] {
        case "write": try writeForever(arguments[2], seed: number)
        case "full": try fillDisk(arguments[2], limit: number)
        case "rights": try writeWithoutRights(arguments[2])
        default: exit(64)
        }
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    /// Small limits, so that sealing and compaction happen all the time.
    private static func options(_ durability: LiveIndex.Durability) -> LiveIndex.Options {
        var options = LiveIndex.Options()
        options.durability = durability
        options.memoryLimit = 6_000
        options.maximumSegmentCount = 2
        return options
    }

    /// Goes on with the script where the folder is.
    private static func writeForever(_ folder: String, seed: UInt64) throws {
        let script = ScriptedChanges(seed: 1)
        let durability: LiveIndex.Durability = seed.isMultiple(of: 3) ? .onFlush : .everyCall
        let index = try LiveIndex(path: folder, space: script.catalogue.space, options: options(durability))
        var random = SeededGenerator(seed: seed)
        say("open \(index.snapshot.version)")
        while true {
            let version = index.snapshot.version + 1
            try index.apply(version, of: script)
            say("\(version)")
            if Int.random(in: 0..<20, using: &random) == 0 { try index.compact() }
        }
    }

    /// Writes until no file can grow any more, and again when it can.
    private static func fillDisk(_ folder: String, limit: UInt64) throws {
        let script = ScriptedChanges(seed: 1)
        let index = try LiveIndex(path: folder, space: script.catalogue.space, options: options(.everyCall))
        _ = signal(SIGXFSZ, SIG_IGN)
        try setFileLimit(limit)
        var failures = 0
        for _ in 0..<400 {
            let version = index.snapshot.version + 1
            do {
                try index.apply(version, of: script)
            } catch let error as RecError {
                failures += 1
                say("failed \(error.code.name)")
                guard index.snapshot.version == version - 1 else { return say("a failed call was seen") }
                if failures == 5 { break }
                // The thread in the background may make room by writing a segment.
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
        if (try? index.compact()) == nil { say("failed to compact") }
        say("full \(index.snapshot.version) \(matches(index.snapshot, script))")
        try setFileLimit(UInt64(Int32.max))
        for _ in 0..<50 { try index.apply(index.snapshot.version + 1, of: script) }
        try index.compact()
        say("again \(index.snapshot.version) \(matches(index.snapshot, script))")
    }

    private static func setFileLimit(_ limit: UInt64) throws {
        var limits = rlimit()
        #if canImport(Darwin)
        let resource = RLIMIT_FSIZE
        #else
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #endif
        _ = unsafe getrlimit(resource, &limits)
        limits.rlim_cur = rlim_t(limit)
        guard unsafe setrlimit(resource, &limits) == 0 else { exit(70) }
    }

    /// Opens a folder that may not be written to; the superuser may write anywhere and steps down first.
    private static func writeWithoutRights(_ folder: String) throws {
        let script = ScriptedChanges(seed: 1)
        if geteuid() == 0 { guard setgid(65534) == 0, setuid(65534) == 0 else { exit(70) } }
        do {
            _ = try LiveIndex(path: folder, space: script.catalogue.space)
            say("opened")
        } catch {
            say("\(error.code.name)")
        }
        let reader = try LiveIndexReader(path: folder)
        say("read \(reader.snapshot.version) \(matches(reader.snapshot, script))")
    }

    private static func matches(_ snapshot: Index, _ script: ScriptedChanges) -> Bool {
        let expected = script.state(after: snapshot.version)
        return snapshot.count == expected.count
            && expected.values.allSatisfy {
                snapshot.product($0.product.id) == $0.product
                    && (try? snapshot.embedding(of: $0.product.id)) == $0.embedding
            }
    }
}

extension LiveIndex {
    /// Makes the changes of a call of the script.
    fileprivate func apply(_ number: UInt64, of script: ScriptedChanges) throws {
        let (upserts, removals) = script.batch(number)
        try apply(upserts.map { .upsert($0) } + removals.map { .remove($0) })
    }
}
