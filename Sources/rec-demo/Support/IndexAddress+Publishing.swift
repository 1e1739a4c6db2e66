import Foundation
import RecCore
import RecEngines
import RecIndex

extension IndexAddress {
    /// Opens or creates the target of a publication, and closes it afterwards.
    ///
    /// - Parameters:
    ///   - index: The index whose space and notes a new target gets.
    ///   - isReplacing: Whether what is there is removed first.
    ///   - body: Fills the target.
    /// - Returns: What `body` returns.
    /// - Throws: The errors of opening and closing the target, and those of `body`.
    func withTarget<Value>(
        for index: some AnnotatedIndex,
        replacing isReplacing: Bool,
        _ body: (any PublishTarget) async throws -> Value
    ) async throws -> Value {
        if isReplacing { try await removeLiveIndex() }
        let target = try LiveIndex(path: text, space: index.space, notes: index.notes)
        do {
            let value = try await body(target)
            try await target.close()
            return value
        } catch {
            try? await target.close()
            throw error
        }
    }

    /// Removes the folder of a live index, and nothing else.
    private func removeLiveIndex() async throws {
        guard FileManager.default.fileExists(atPath: text) else { return }
        try await LiveIndex(path: text).close()
        try FileManager.default.removeItem(atPath: text)
    }
}
