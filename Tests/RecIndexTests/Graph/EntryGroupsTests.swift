import RecIndex
import Testing

@Suite struct `Entry groups` {
    @Test(arguments: [
        (0, 0, 1), (1, 1, 1), (64, 64, 1), (65, 5, 16), (16_384, 1024, 16), (16_385, 257, 64), (1_000_000, 15_625, 64),
        (4_194_304, 65_536, 64), (4_194_305, 32_769, 128),
        (10_000_000, 39_063, 256), (100_000_000, 48_829, 2048),
    ])
    func `entries are evenly spaced and lead far away`(linkedCount: Int, count: Int, spacing: Int) {
        let entries = EntryGroups.entries(linkedCount: linkedCount)
        #expect(entries == (0..<count).map { UInt32($0 * spacing) })
        #expect(linkedCount <= count * spacing)
    }

    @Test func `equal products have one entry`() throws {
        let row = `Product graph`.rows(1, dimension: 64, clusters: 0, seed: 3)[0]
        let graph = try `Product graph`.graph([[Float]](repeating: row, count: 100))
        let groups = EntryGroups(of: graph.table(), linkedCount: graph.linkedCount) { NodeQuery($0, of: graph) }
        #expect(groups.nodes == [0])
        #expect(groups.centres == [0])
        #expect(groups.starts == [0, 1])
    }

    @Test(arguments: [(1, 1, 1), (50, 50, 14), (1000, 63, 16), (4000, 250, 32)])
    func `every entry is in the group of the centre that is most similar`(
        count: Int,
        entryCount: Int,
        groupCount: Int
    ) throws {
        let rows = `Product graph`.rows(count, dimension: 64, clusters: 20, width: 0.5, seed: 5)
        let graph = try `Product graph`.graph(rows)
        #expect(graph.linkedCount == count)
        let table = graph.table()
        let groups = EntryGroups(of: table, linkedCount: graph.linkedCount) { NodeQuery($0, of: graph) }
        #expect(groups.centres.count == groupCount)
        #expect(groups.nodes.count == entryCount)
        #expect(groups.nodes.sorted() == (0..<entryCount).map { UInt32($0 * (entryCount == count ? 1 : 16)) })
        #expect(Set(groups.centres).isSubset(of: Set(groups.nodes)))

        // Estimates as `rec_node_query` defines them, in double precision.
        let decoded = (0..<count).map { NodeQuery($0, of: graph).codes.map(Double.init) }
        let numbers = (0..<count).map { table.numbers(of: $0) }
        func similarity(_ node: Int, _ other: Int) -> Double {
            let product = zip(decoded[node], decoded[other]).reduce(0) { $0 + $1.0 * $1.1 }
            return product * Double(numbers[node].factor) * Double(numbers[other].factor)
                + Double(numbers[other].offset)
                + Double(graph.correlation) * Double(numbers[node].tail) * Double(numbers[other].tail)
        }
        for (group, centre) in groups.centres.enumerated() {
            for entry in groups.nodes[Int(groups.starts[group])..<Int(groups.starts[group + 1])] {
                let own = similarity(Int(entry), Int(centre))
                #expect(groups.centres.allSatisfy { similarity(Int(entry), Int($0)) <= own + 1e-5 })
            }
        }
    }
}
