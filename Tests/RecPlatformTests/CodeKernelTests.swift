import RecPlatform
import RecTesting
import Testing

/// The kernels of codes against sums in double precision.
@Suite struct CodeKernelTests {
    /// Random codes and a random query.
    struct Case {
        static let chunk = 64
        let blocks: Int
        let headCount: Int
        let chunks: Int
        var head: [Int8] = []
        var offsets: [Float] = []
        var tails: [Float] = []
        var patterns: [UInt32] = []
        var used: [UInt16] = []
        var middle: [Int8] = []
        var middleTails: [Float] = []
        let query: CodeQuery
        let table: CodeTable

        init(blocks: Int, headChunks: Int, chunks: Int, extreme: Bool, seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            self.blocks = blocks
            headCount = headChunks * Self.chunk
            self.chunks = chunks
            let slots = blocks * 16
            func code(_ limit: Int) -> Int {
                extreme
                    ? (Bool.random(using: &random) ? limit : -limit) : Int.random(in: -limit...limit, using: &random)
            }
            head = (0..<slots * headCount).map { _ in Int8(code(127)) }
            offsets = (0..<slots).map { _ in Float.random(in: -0.5...0.5, using: &random) }
            tails = (0..<slots).map { _ in Float.random(in: 0...0.3, using: &random) }
            patterns = (0..<slots).map { _ in UInt32.random(in: 0..<3, using: &random) }
            used = (0..<blocks).map { _ in UInt16.random(in: 0 ... .max, using: &random) }
            middle = (0..<slots * chunks * Self.chunk).map { _ in Int8(code(127)) }
            middleTails = (0..<slots * chunks).map { _ in Float.random(in: 0...0.2, using: &random) }
            query = CodeQuery(
                head: (0..<headCount).map { _ in Int8(code(127)) },
                scale: 1e-6,
                base: 0.1,
                tail: 0.7,
                rest: 0.01,
                middle: (0..<chunks * Self.chunk).map { _ in Int16(code(8191)) },
                middleTerms: (0..<chunks).map { .init(scale: 1e-8, tail: 0.5 - 0.1 * Float($0), rest: 0.002) },
                patterns: [0.8, 0.1, 0.8, 0.2, 1, 0]
            )
            table = CodeTable(
                head: NumberArray(head),
                offsets: NumberArray(offsets),
                tails: NumberArray(tails),
                patterns: NumberArray(patterns),
                patternCount: 3,
                used: NumberArray(used),
                middle: NumberArray(middle),
                middleTails: NumberArray(middleTails),
                headDimensions: headCount,
                middleChunks: chunks
            )
        }

        /// The score of a slot by its head and the first chunks of the middle.
        func score(_ slot: Int, bounded: Bool, middle count: Int) -> Double {
            var sum = 0
            for dimension in 0..<headCount {
                let place = (slot / 16 * headCount + dimension / 4 * 4) * 16 + slot % 16 * 4 + dimension % 4
                sum += Int(head[place]) * Int(query.head[dimension])
            }
            var cosine = Double(sum) * Double(query.scale) + Double(offsets[slot]) + Double(query.base)
            var slack = Double(query.tail) * Double(tails[slot]) + Double(query.rest)
            for chunk in 0..<count {
                var sum = 0
                for place in 0..<Self.chunk {
                    sum +=
                        Int(middle[(slot * chunks + chunk) * Self.chunk + place])
                        * Int(query.middle[chunk * Self.chunk + place])
                }
                let terms = query.middleTerms[chunk]
                cosine += Double(sum) * Double(terms.scale)
                let outer =
                    chunk == 0
                    ? Double(query.tail) * Double(tails[slot])
                    : Double(query.middleTerms[chunk - 1].tail) * Double(middleTails[slot * chunks + chunk - 1])
                slack += Double(terms.tail) * Double(middleTails[slot * chunks + chunk]) - outer + Double(terms.rest)
            }
            let pattern = Int(patterns[slot])
            return Double(query.patterns[2 * pattern]) * (cosine + (bounded ? slack : 0))
                + Double(query.patterns[2 * pattern + 1])
        }
    }

    @Test(arguments: [(1, 1, 3), (7, 2, 1), (20, 1, 0), (5, 4, 2)], [false, true])
    func `slots are found by their scores, and refined`(sizes: (Int, Int, Int), extreme: Bool) {
        for variant in CodeVariant.allCases where variant <= .best {
            let data = Case(blocks: sizes.0, headChunks: sizes.1, chunks: sizes.2, extreme: extreme, seed: 1)
            for bounded in [false, true] {
                let all = (0..<sizes.0 * 16).filter { data.used[$0 / 16] >> UInt16($0 % 16) & 1 == 1 }
                let scores = all.map { data.score($0, bounded: bounded, middle: 0) }
                let least = Float(scores.sorted()[scores.count / 2])
                do {
                    let search = CodeSearch(data.table, data.query, allowed: nil, variant: variant)
                    var found: [CodeCandidate] = []
                    search.scan(0..<sizes.0, bounded: bounded, least: least, into: &found)
                    #expect(found.map(\.slot) == found.map(\.slot).sorted())
                    for (slot, score) in zip(all, scores) where abs(score - Double(least)) > 1e-5 {
                        let hit = found.first { $0.slot == slot }
                        #expect((hit != nil) == (score > Double(least)), "slot \(slot)")
                        if let hit { #expect(abs(Double(hit.score) - score) < 1e-5) }
                    }
                    var refined: [CodeCandidate] = []
                    search.scan(0..<sizes.0, bounded: bounded, least: -.infinity, into: &refined)
                    #expect(refined.map { Int($0.slot) } == all)
                    search.refine(&refined, bounded: bounded, least: -.infinity)
                    #expect(refined.count == all.count)
                    for candidate in refined {
                        let expected = data.score(Int(candidate.slot), bounded: bounded, middle: sizes.2)
                        #expect(abs(Double(candidate.score) - expected) < 1e-5)
                    }
                    var kept = found
                    search.refine(&kept, bounded: bounded, least: least)
                    for candidate in found {
                        // A candidate is dropped as soon as some chunk takes it below.
                        let steps = (0...sizes.2).map { data.score(Int(candidate.slot), bounded: bounded, middle: $0) }
                        guard steps.allSatisfy({ abs($0 - Double(least)) > 1e-5 }) else { continue }
                        let stays = steps.allSatisfy { $0 > Double(least) }
                        #expect(kept.contains { $0.slot == candidate.slot } == stays)
                    }
                }
            }
        }
    }

    @Test func `slots that are not allowed are left out, and only the asked blocks are looked at`() {
        let data = Case(blocks: 6, headChunks: 1, chunks: 1, extreme: false, seed: 3)
        let allowed: [UInt16] = [0, 0xFFFF, 0x00F0, 0xFFFF, 0, 0xFFFF]
        do {
            let search = CodeSearch(data.table, data.query, allowed: allowed)
            var found: [CodeCandidate] = []
            search.scan(1..<5, bounded: false, least: -.infinity, into: &found)
            let expected = (16..<80).filter { (slot: Int) -> Bool in
                let bits: UInt16 = allowed[slot / 16] & data.used[slot / 16]
                return bits >> UInt16(slot % 16) & 1 == 1
            }
            #expect(found.map { Int($0.slot) } == expected)
        }
    }
}
