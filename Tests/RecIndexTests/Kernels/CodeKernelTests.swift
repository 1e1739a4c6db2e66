import RecCompute
import RecFiles
import RecIndex
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

        /// - Parameters:
        ///   - blocks: The number of blocks of slots.
        ///   - headCount: The number of directions of the head.
        ///   - chunks: The number of chunks of the middle.
        ///   - kinds: Slope and constant of each pattern.
        ///   - extreme: Whether all codes are the greatest or the least.
        ///   - seed: Where random numbers begin.
        init(blocks: Int, headCount: Int, chunks: Int, kinds: [Float], extreme: Bool, seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            self.blocks = blocks
            self.headCount = headCount
            self.chunks = chunks
            let slots = blocks * 16
            func code(_ limit: Int) -> Int {
                extreme
                    ? (Bool.random(using: &random) ? limit : -limit) : Int.random(in: -limit...limit, using: &random)
            }
            head = (0..<slots * headCount).map { _ in Int8(code(127)) }
            offsets = (0..<slots).map { _ in Float.random(in: -0.5...0.5, using: &random) }
            tails = (0..<slots).map { _ in Float.random(in: 0...0.3, using: &random) }
            patterns = (0..<slots).map { _ in UInt32.random(in: 0..<UInt32(kinds.count / 2), using: &random) }
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
                patterns: kinds
            )
            var arrays = CodeArrays()
            arrays.head = NumberArray(head)
            arrays.offsets = NumberArray(offsets)
            arrays.tails = NumberArray(tails)
            arrays.rows = NumberArray((0..<UInt32(slots)).map { $0 })
            arrays.used = NumberArray(used)
            arrays.middle = NumberArray(middle)
            arrays.middleTails = NumberArray(middleTails)
            var shape = CodeShape(dimension: headCount, headChunks: 0, chunks: chunks, slots: slots)
            shape.headCount = headCount
            table = CodeTable(arrays, shape, patterns: NumberArray(patterns), patternCount: kinds.count / 2)
        }

        /// The slots that hold a row.
        var slots: [Int] { (0..<blocks * 16).filter { used[$0 / 16] >> UInt16($0 % 16) & 1 == 1 } }

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
            let (slope, constant) = query.pattern(Int(patterns[slot]))
            return Double(slope) * (cosine + (bounded ? slack : 0)) + Double(constant)
        }
    }

    /// Numbers of blocks, directions of the head, and chunks of the middle.
    static let sizes = [(1, 64, 3), (7, 128, 1), (20, 64, 0), (5, 256, 2), (9, 8, 5)]
    static let levels = ProcessorLevel.available
    /// Patterns of two slopes, and one that all slots have.
    static let kinds: [[Float]] = [[0.8, 0.1, 0.8, 0.2, 1, 0], [0.7, 0.1]]

    /// Cases of one size.
    static func cases(_ sizes: (Int, Int, Int)) -> [Case] {
        [(false, 1 as UInt64), (true, 1), (false, 2)].flatMap { extreme, seed in
            kinds.map { kinds in
                Case(
                    blocks: sizes.0,
                    headCount: sizes.1,
                    chunks: sizes.2,
                    kinds: kinds,
                    extreme: extreme,
                    seed: seed
                )
            }
        }
    }

    @Test(arguments: levels, sizes)
    func `slots are found by their scores`(level: ProcessorLevel, sizes: (Int, Int, Int)) {
        for data in Self.cases(sizes) {
            let search = CodeSearch(data.table, data.query, allowed: nil, level: level)
            for bounded in [false, true] {
                let all = data.slots
                let scores = all.map { data.score($0, bounded: bounded, middle: 0) }
                let least = Float(scores.sorted()[scores.count / 2])
                var found: [CodeCandidate] = []
                search.scan(0..<data.blocks, bounded: bounded, least: least, into: &found)
                #expect(found.map(\.slot) == found.map(\.slot).sorted())
                for (slot, score) in zip(all, scores) where abs(score - Double(least)) > 1e-5 {
                    let hit = found.first { $0.slot == slot }
                    #expect((hit != nil) == (score > Double(least)), "slot \(slot)")
                    if let hit { #expect(abs(Double(hit.score) - score) < 1e-5) }
                }
            }
        }
    }

    @Test(arguments: levels, sizes)
    func `candidates are refined, and dropped as soon as a chunk takes them below`(
        level: ProcessorLevel,
        sizes: (Int, Int, Int)
    ) {
        for data in Self.cases(sizes) {
            let search = CodeSearch(data.table, data.query, allowed: nil, level: level)
            for bounded in [false, true] {
                let all = data.slots
                var found: [CodeCandidate] = []
                search.scan(0..<data.blocks, bounded: bounded, least: -.infinity, into: &found)
                #expect(found.map { Int($0.slot) } == all)
                // They are taken in fours.
                for count in [0, 1, 2, 3, 5, all.count] where count <= all.count {
                    var refined = Array(found.prefix(count))
                    search.refine(&refined, bounded: bounded, least: -.infinity)
                    #expect(refined.map { Int($0.slot) } == Array(all.prefix(count)))
                    for candidate in refined {
                        let expected = data.score(Int(candidate.slot), bounded: bounded, middle: sizes.2)
                        #expect(abs(Double(candidate.score) - expected) < 1e-5)
                    }
                }
                let least = Float(all.map { data.score($0, bounded: bounded, middle: 0) }.sorted()[all.count / 2])
                found.removeAll { $0.score < least }
                var kept = found
                search.refine(&kept, bounded: bounded, least: least)
                for candidate in found {
                    let steps = (0...sizes.2).map { data.score(Int(candidate.slot), bounded: bounded, middle: $0) }
                    guard steps.allSatisfy({ abs($0 - Double(least)) > 1e-5 }) else { continue }
                    let stays = steps.allSatisfy { $0 > Double(least) }
                    #expect(kept.contains { $0.slot == candidate.slot } == stays)
                }
            }
        }
    }

    @Test(arguments: levels)
    func `slots that are not allowed are left out, and only the asked blocks are looked at`(level: ProcessorLevel) {
        let data = Case(blocks: 6, headCount: 64, chunks: 1, kinds: Self.kinds[0], extreme: false, seed: 3)
        let allowed: [UInt16] = [0, 0xFFFF, 0x00F0, 0xFFFF, 0, 0xFFFF]
        let search = CodeSearch(data.table, data.query, allowed: allowed, level: level)
        var found: [CodeCandidate] = []
        search.scan(1..<5, bounded: false, least: -.infinity, into: &found)
        let expected = (16..<80).filter { (slot: Int) -> Bool in
            let bits: UInt16 = allowed[slot / 16] & data.used[slot / 16]
            return bits >> UInt16(slot % 16) & 1 == 1
        }
        #expect(found.map { Int($0.slot) } == expected)
    }
}
