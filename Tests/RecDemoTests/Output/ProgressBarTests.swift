import RecCore
import Testing
import rec_demo

@Suite struct `The progress bar` {
    @Test func `nothing is drawn where there is no terminal`() {
        let output = Recorder()
        let bar = ProgressBar("indexing", isShown: false, write: output.write)
        bar.update(Self.progress(6, of: 24, seconds: 3))
        bar.finish()
        #expect(output.texts.isEmpty)
    }

    static let texts: [(WorkProgress, String)] = [
        (progress(0, of: 24, seconds: 0), "░░░░░░░░░░░░░░░░░░░░░░░░ 0/24"),
        (progress(6, of: 24, seconds: 3), "██████░░░░░░░░░░░░░░░░░░ 6/24  2.0/s  0:09 left"),
        (progress(12, of: 24, seconds: 3, failures: 2), "████████████░░░░░░░░░░░░ 12/24  4.0/s  0:03 left  2 failed"),
        (progress(1, of: 601, seconds: 1), "░░░░░░░░░░░░░░░░░░░░░░░░ 1/601  1.0/s  10:00 left"),
        (progress(1, of: 3726, seconds: 1), "░░░░░░░░░░░░░░░░░░░░░░░░ 1/3726  1.0/s  1:02:05 left"),
        (progress(24, of: 24, seconds: 48), "████████████████████████ 24/24  0.5/s  0:00 left"),
        (progress(5, of: nil, seconds: 2), "████████████████████████ 5/5  2.5/s"),
        (progress(0, of: 0, seconds: 1), "████████████████████████ 0/0"),
    ]

    @Test(arguments: texts)
    func `it shows the share, the rate and the time left`(progress: WorkProgress, text: String) {
        let output = Recorder()
        ProgressBar("indexing", isShown: true, write: output.write).update(progress)
        #expect(output.texts == ["\r\u{1B}[2Kindexing \(text)"])
    }

    @Test func `it is removed once, and only when it was drawn`() {
        let output = Recorder()
        let bar = ProgressBar("indexing", isShown: true, write: output.write)
        bar.finish()
        #expect(output.texts.isEmpty)
        bar.update(Self.progress(1, of: 2, seconds: 1))
        bar.finish()
        bar.finish()
        #expect(output.texts.count == 2)
        #expect(output.texts.last == "\r\u{1B}[2K")
    }

    private static func progress(_ done: Int, of total: Int?, seconds: Int, failures: Int = 0) -> WorkProgress {
        WorkProgress(phase: "testing", done: done, total: total, failures: failures, elapsed: .seconds(seconds))
    }
}
