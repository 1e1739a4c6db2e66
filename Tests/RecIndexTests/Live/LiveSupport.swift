import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

extension LiveIndex.Options {
    /// Small limits, so that sealing and compaction happen all the time.
    static var small: LiveIndex.Options {
        var options = LiveIndex.Options()
        options.memoryLimit = 6_000
        options.maximumSegmentCount = 2
        return options
    }

    /// Limits that leave everything in memory and in the log.
    static var large: LiveIndex.Options {
        var options = LiveIndex.Options()
        options.memoryLimit = 1 << 30
        return options
    }
}

extension LiveIndex {
    /// Makes the changes of a call of the script.
    func apply(_ number: UInt64, of script: ScriptedChanges) throws {
        let (upserts, removals) = script.batch(number)
        try apply(upserts.map { .upsert($0) } + removals.map { .remove($0) })
    }
}

/// What is wrong with the content of an index; nothing when it has these products and no others.
func problems(_ index: Index, _ expected: [ProductID: EmbeddedProduct]) -> [String] {
    var problems: [String] = []
    if index.count != expected.count { problems.append("\(index.count) products instead of \(expected.count)") }
    if index.ids != expected.keys.sorted() { problems.append("other identifiers") }
    for (id, item) in expected {
        if index.product(id) != item.product { problems.append("\(id) is another product") }
        if (try? index.embedding(of: id)) != item.embedding { problems.append("\(id) has another embedding") }
    }
    return problems
}

/// The error code of what `body` throws, or `nil` when it does not throw.
func code(_ body: () throws -> Void) -> RecError.Code? {
    do {
        try body()
        return nil
    } catch let error as RecError {
        return error.code
    } catch {
        Issue.record("an error of another type: \(error)")
        return nil
    }
}

/// The segment files in a folder.
func segments(in folder: String) -> [String] {
    names(in: folder).filter { $0.hasPrefix("segment-") }
}
