import RecIndex
import RecTesting
import Testing

@Suite struct `Lines above those of patterns` {
    @Test func `two slopes have the greatest constant of each`() {
        let lines = ScoreLines([0.8, 0.1, 1, 0, 0.8, 0.2])
        #expect(lines.slopes == (0.8, 1))
        #expect(lines.constants == (0.2, 0))
    }

    @Test(arguments: [3, 10, 200])
    func `the higher of the two is above the line of every pattern`(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        for _ in 0..<50 {
            let patterns = (0..<count).flatMap { _ in
                [Float.random(in: 0...1, using: &random), Float.random(in: -1...1, using: &random)]
            }
            let lines = ScoreLines(patterns)
            for cosine in stride(from: Float(-1.5), through: 1.5, by: 0.1) {
                let higher = max(
                    lines.slopes.0 * cosine + lines.constants.0,
                    lines.slopes.1 * cosine + lines.constants.1
                )
                for place in stride(from: 0, to: patterns.count, by: 2) {
                    #expect(patterns[place] * cosine + patterns[place + 1] <= higher)
                }
            }
        }
    }

    @Test func `lines that meet where all cosines are 1 are not raised`() {
        // Weights of 0.72, 0.18 and 0.1, of which the second and the third may be missing.
        let lines = ScoreLines([0.72, 0.28, 0.8, 0.2, 0.87804878, 0.12195122, 1, 0])
        #expect(lines.slopes == (0.72, 1))
        #expect(lines.constants.0 < 0.28001 && lines.constants.1 < 0.00001)
    }
}
