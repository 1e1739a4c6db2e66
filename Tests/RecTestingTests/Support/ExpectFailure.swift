import RecCompute
import Testing

/// Runs checks of a broken implementation and expects that they record an issue whose text contains `reason`.
func expectFailure(_ reason: String, of checks: () async throws -> Void) async throws {
    let recorder = IssueRecorder()
    try await withKnownIssue {
        try await checks()
    } matching: { issue in
        recorder.add("\(issue)")
        return true
    }
    #expect(recorder.issues.contains { $0.contains(reason) }, "no issue says '\(reason)': \(recorder.issues.prefix(3))")
}

/// Collects the texts of issues.
private final class IssueRecorder: Sendable {
    private let texts = LockedValue<[String]>([])

    var issues: [String] { texts.withLock { $0 } }

    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
