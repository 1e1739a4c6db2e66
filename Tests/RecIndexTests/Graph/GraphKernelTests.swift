import RecCompute
import RecFiles
import RecIndex
import RecTesting
import Testing

/// The kernels of graphs against sums of integers and walks in plain Swift.
@Suite struct GraphKernelTests {
    static let levels = ProcessorLevel.available

    /// What 4-bit codes stand for, in the order of a query's codes: the low 4 bits of 64 bytes, then their high ones.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [Int] {
        var codes: [Int] = []
        for line in stride(from: bytes.startIndex, to: bytes.endIndex, by: 64) {
            for byte in bytes[line..<line + 64] { codes.append(2 * Int(byte & 15) - 15) }
            for byte in bytes[line..<line + 64] { codes.append(2 * Int(byte >> 4) - 15) }
        }
        return codes
    }

    @Test(arguments: levels, [64, 128, 640])
    func `products of codes are exact, at the limits too`(level: ProcessorLevel, size: Int) {
        var random = SeededGenerator(seed: 1)
        for extreme in [false, true] {
            for count in [0, 1, 3, 4, 9] {
                let vector = (0..<2 * size).map { _ -> Int8 in
                    extreme
                        ? (Bool.random(using: &random) ? 127 : -127) : Int8.random(in: -127...127, using: &random)
                }
                let rows = (0..<size * count).map { place -> UInt8 in
                    guard extreme else { return UInt8.random(in: 0...255, using: &random) }
                    // All agree with the vector in all signs.
                    let low = place % size / 64 * 128 + place % 64
                    return (vector[low] > 0 ? 15 : 0) | (vector[low + 64] > 0 ? 0xF0 : 0)
                }
                let expected = (0..<count).map { row in
                    zip(Self.decoded(rows[row * size..<(row + 1) * size]), vector).reduce(Int32(0)) {
                        $0 + Int32($1.0) * Int32($1.1)
                    }
                }
                #expect(ByteProducts.rows(vector, NumberArray(rows), level: level) == expected)
            }
        }
    }

    @Test func `4-bit codes are the nearest ones, and products with them have the right length`() {
        var random = SeededGenerator(seed: 4)
        let values = (0..<112).map { _ in Float.random(in: -3...3, using: &random) }
        let shape = GraphShape(dimension: 100, count: 1)
        #expect((shape.recordSize, shape.codeCount) == (64, 112))
        var bytes = [UInt8](repeating: 0, count: 64)
        var target = bytes.mutableSpan
        let factor = FourBitCodes.encode(112, into: &target, at: 0, place: shape.place) { values[$0] }
        let codes = Self.decoded(bytes[...])
        let greatest = values.map(abs).max() ?? 0
        var (square, product) = (0.0, 0.0)
        for (code, value) in values.enumerated() {
            let place = shape.place(of: code)
            #expect(place % 64 < 56, "the last bytes are left")
            #expect(abs(Float(codes[place]) * greatest / 16 - value) <= greatest / 15.9)
            square += Double(value * value)
            product += Double(value) * Double(codes[place])
        }
        #expect(Set((0..<112).map { shape.place(of: $0) }).count == 112)
        #expect(bytes[56...].allSatisfy { $0 == 0 })
        #expect(abs(Double(factor) * product - square) < 1e-4 * square)

        var nothing = [UInt8](repeating: 0, count: 64)
        var zeros = nothing.mutableSpan
        let none = FourBitCodes.encode(112, into: &zeros, at: 0) { _ in 0 }
        #expect(none == 0)
    }

    @Test(arguments: levels)
    func `numbers are rounded to the nearest code`(level: ProcessorLevel) {
        var random = SeededGenerator(seed: 2)
        let numbers = (0..<77).map { _ in Float.random(in: -3...3, using: &random) }
        let (codes, unit) = ByteProducts.codes(of: numbers, size: 128, level: level)
        let greatest = numbers.map(abs).max() ?? 0
        #expect(unit == greatest / 127)
        for (number, code) in zip(numbers, codes) { #expect(abs(number - Float(code) * unit) <= unit * 0.5001) }
        #expect(codes[77...].allSatisfy { $0 == 0 })
        let nothing = ByteProducts.codes(of: [.nan, .infinity, 0], size: 64, level: level)
        #expect(nothing.unit == 1)
        #expect(nothing.codes[2] == 0)
    }

    /// Random nodes, each of which leads to some others.
    private struct Nodes {
        static let size = 64
        let codes: [[UInt8]]
        let numbers: [(offset: Float, tail: UInt16, factor: UInt16)]
        let targets: [[UInt32]]
        let entries: [UInt32]
        let query: NodeQuery

        init(count: Int, degree: Int, seed: UInt64, entryCount: Int = 2, nanEvery: Int? = nil) {
            var random = SeededGenerator(seed: seed)
            codes = (0..<count).map { _ in
                (0..<Self.size - 8).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            numbers = (0..<count).map { node in
                let offset = Float.random(in: -1...1, using: &random)
                return (
                    nanEvery.map { node % $0 == 0 } == true ? .nan : offset,
                    UInt16.random(in: 0...65535, using: &random),
                    UInt16.random(in: 0...65535, using: &random)
                )
            }
            targets = (0..<count).map { node in
                // A ring, so that all nodes are reached, and some at random.
                guard degree > 0 else { return [] }
                return [UInt32((node + 1) % count)]
                    + (0..<Int.random(in: 0..<degree, using: &random)).map { _ in
                        UInt32.random(in: 0..<UInt32(count), using: &random)
                    }
            }
            entries = (0..<entryCount).map { UInt32($0 * count / entryCount) }
            query = NodeQuery(
                codes: (0..<2 * Self.size).map {
                    $0 % Self.size < Self.size - 8 ? Int8.random(in: -127...127, using: &random) : 0
                },
                scale: 1e-3,
                tail: 0.3,
                base: 0.25
            )
        }

        /// A table whose entries are a group each, or in the groups that are given.
        func table(degree: Int, level: ProcessorLevel, groups: EntryGroups? = nil) -> GraphTable {
            let alone = EntryGroups(
                centres: entries,
                starts: (0...entries.count).map { UInt32($0) },
                nodes: entries
            )
            var records: [UInt8] = []
            for (codes, numbers) in zip(codes, numbers) {
                records += codes
                for number in [numbers.offset.bitPattern, UInt32(numbers.tail) | UInt32(numbers.factor) << 16] {
                    for byte in 0..<4 { records.append(UInt8(truncatingIfNeeded: number >> (8 * UInt32(byte)))) }
                }
            }
            let neighbours = targets.flatMap { targets in
                targets + [UInt32](repeating: GraphTable.noNode, count: degree - targets.count)
            }
            return GraphTable(
                records: NumberArray(records),
                recordSize: Self.size,
                neighbours: NumberArray(neighbours),
                degree: degree,
                entries: groups ?? alone,
                level: level
            )
        }

        /// The score of a node in double precision.
        func score(_ node: Int, slope: Double = 1, constant: Double = 0) -> Double {
            let decoded = GraphKernelTests.decoded((codes[node] + [UInt8](repeating: 0, count: 8))[...])
            let product = zip(decoded, query.codes).reduce(0) { $0 + $1.0 * Int($1.1) }
            let (offset, tail, factor) = numbers[node]
            let cosine =
                Double(product) * Double(query.scale) * Double(factor) / 262_144 + Double(offset)
                + Double(query.tail) * Double(tail) / 32768 + Double(query.base)
            return slope * cosine + constant
        }
    }

    @Test(arguments: levels, [1, 40, 200])
    func `scores that are no numbers name no node twice`(level: ProcessorLevel, width: Int) {
        for share in [1, 3] {
            let nodes = Nodes(count: 200, degree: 6, seed: 7, entryCount: 8, nanEvery: share)
            let table = nodes.table(degree: 7, level: level)
            for allowed in [nil, [UInt64](repeating: .max, count: 4)] {
                let found = table.search(
                    nodes.query,
                    allowed: allowed,
                    width: width,
                    wanted: width,
                    room: GraphRoom()
                ).found
                #expect(Set(found.map(\.node)).count == found.count)
                #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
            }
        }
    }

    @Test(arguments: levels)
    func `few are wanted of many entries that are allowed`(level: ProcessorLevel) {
        let nodes = Nodes(count: 200, degree: 6, seed: 5, entryCount: 8)
        let table = nodes.table(degree: 7, level: level)
        let allowed = [UInt64](repeating: .max, count: 4)
        let best = (0..<200).max { nodes.score($0) < nodes.score($1) }
        for wanted in [1, 2, 7] {
            let found = table.search(nodes.query, allowed: allowed, width: 200, wanted: wanted, room: GraphRoom()).found
            #expect(found.count == wanted)
            #expect(found.first.map { Int($0.node) } == best)
        }
    }

    @Test(arguments: levels)
    func `a search starts from the best entries of the nearest groups`(level: ProcessorLevel) {
        // No node leads to another, so that a search finds what it starts from. Some groups are empty, and centres need
        // not be entries.
        let nodes = Nodes(count: 200, degree: 0, seed: 6)
        let sizes = (0..<30).map { $0 % 7 }
        let starts = sizes.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1)) }
        let groups = EntryGroups(
            centres: (0..<30).map { UInt32(199 - 3 * $0) },
            starts: starts,
            nodes: (0..<starts[30]).map { 2 * $0 }
        )
        let table = nodes.table(degree: 1, level: level, groups: groups)
        let near = (0..<30).sorted { nodes.score(199 - 3 * $0) > nodes.score(199 - 3 * $1) }.prefix(8)
        let compared = near.flatMap { group in (starts[group]..<starts[group + 1]).map { 2 * Int($0) } }
        #expect(compared.count > 8)
        #expect(near.contains { sizes[$0] == 0 })
        let patterns = NodePatterns(
            patternOfNode: NumberArray((0..<200).map { UInt32($0 / 2 % 2) }),
            numbers: [1, 0, 0.1, 2]
        )
        for hasPatterns in [false, true] {
            let scores = (0..<200).map { node in
                hasPatterns && node / 2 % 2 == 1 ? nodes.score(node, slope: 0.1, constant: 2) : nodes.score(node)
            }
            let expected = compared.sorted { scores[$0] > scores[$1] }.prefix(8)
            for width in [3, 8, 20] {
                let (found, met) = table.search(
                    nodes.query,
                    patterns: hasPatterns ? patterns : nil,
                    width: width,
                    wanted: width,
                    room: GraphRoom()
                )
                #expect(found.map { Int($0.node) } == Array(expected.prefix(width)))
                #expect(met == 30 + compared.count)
            }
        }
    }

    @Test(arguments: levels)
    func `a walk past all nodes finds the best of all`(level: ProcessorLevel) {
        let count = 300
        let nodes = Nodes(count: count, degree: 6, seed: 3)
        let table = nodes.table(degree: 7, level: level)
        let patternOfNode = (0..<count).map { UInt32($0 % 3) }
        let numbers: [Float] = [1, 0, 0.5, 0.25, 0.75, -0.5]
        for hasPatterns in [false, true] {
            let patterns = hasPatterns ? NodePatterns(patternOfNode: NumberArray(patternOfNode), numbers: numbers) : nil
            let scores = (0..<count).map { node in
                let place = hasPatterns ? 2 * (node % 3) : 0
                return nodes.score(node, slope: Double(numbers[place]), constant: Double(numbers[place + 1]))
            }
            for isAllowed in [{ (_: Int) in true }, { $0 % 5 == 1 }] {
                var allowed = [UInt64](repeating: 0, count: (count + 63) / 64)
                for node in 0..<count where isAllowed(node) { allowed[node / 64] |= 1 << UInt64(node % 64) }
                let (found, met) = table.search(
                    nodes.query,
                    patterns: patterns,
                    allowed: isAllowed(0) ? nil : allowed,
                    width: count,
                    wanted: 20,
                    room: GraphRoom()
                )
                #expect(met >= count)
                let expected = (0..<count).filter(isAllowed).sorted { scores[$0] > scores[$1] }.prefix(20)
                #expect(found.map { Int($0.node) } == Array(expected))
                for candidate in found { #expect(abs(Double(candidate.score) - scores[Int(candidate.node)]) < 1e-5) }
            }
        }
    }

    @Test func `every level walks the same way`() {
        let count = 2000
        let nodes = Nodes(count: count, degree: 8, seed: 4, entryCount: 60)
        let groups = EntryGroups(
            centres: Array(nodes.entries.prefix(20)),
            starts: (0...20).map { 3 * $0 },
            nodes: nodes.entries
        )
        let patterns = NodePatterns(
            patternOfNode: NumberArray((0..<count).map { UInt32($0 % 3) }),
            numbers: [1, 0, 0.5, 0.25, 0.75, -0.5]
        )
        // Every third node, roughly.
        let allowed: [UInt64] = (0..<(count + 63) / 64).map { UInt64(0x9249_2492_4924_9249) << UInt64($0 % 3) }
        for (width, isFiltered) in [(1, false), (2, false), (8, true), (40, false), (40, true)] {
            let found = Self.levels.map { level -> (found: [NodeCandidate], met: Int) in
                nodes.table(degree: 9, level: level, groups: groups).search(
                    nodes.query,
                    patterns: patterns,
                    allowed: isFiltered ? allowed : nil,
                    width: width,
                    wanted: width,
                    room: GraphRoom()
                )
            }
            #expect(!found[0].found.isEmpty)
            for other in found.dropFirst() {
                #expect(other.found.map(\.node) == found[0].found.map(\.node))
                #expect(other.found.map(\.score) == found[0].found.map(\.score))
                #expect(other.met == found[0].met)
            }
        }
    }

    @Test(arguments: levels)
    func `a scan finds what is above a score`(level: ProcessorLevel) {
        let nodes = Nodes(count: 103, degree: 2, seed: 5)
        let table = nodes.table(degree: 3, level: level)
        var found: [NodeCandidate] = []
        table.scan(5..<98, for: nodes.query, above: 0.3, into: &found)
        #expect(found.map { Int($0.node) } == (5..<98).filter { nodes.score($0) > 0.3 })
        for candidate in found { #expect(abs(Double(candidate.score) - nodes.score(Int(candidate.node))) < 1e-5) }
    }
}
