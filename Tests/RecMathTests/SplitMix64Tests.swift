import RecMath
import Testing

@Suite struct `Seeded random numbers` {
    @Test func `are those of the reference implementation`() {
        // From splitmix64.c by Sebastiano Vigna, with the state 1234567.
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        #expect(random.next() == 9_817_491_932_198_370_423)
        #expect(random.next() == 4_593_380_528_125_082_431)
        #expect(random.next() == 16_408_922_859_458_223_821)
    }

    @Test(arguments: [1, 2, 7, 1000])
    func `below a bound are spread evenly`(bound: Int) {
        var random = SplitMix64(seed: 5)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<1000 * bound { counts[random.next(below: bound)] += 1 }
        // Seven standard deviations.
        #expect(counts.allSatisfy { abs($0 - 1000) < 222 })
    }

    @Test func `around zero stay below one`() {
        var random = SplitMix64(seed: 6)
        let numbers = (0..<10_000).map { _ in random.centered() }
        #expect(numbers.allSatisfy { -1 <= $0 && $0 < 1 })
        #expect(abs(numbers.reduce(0, +) / 10_000) < 0.03)
    }
}
