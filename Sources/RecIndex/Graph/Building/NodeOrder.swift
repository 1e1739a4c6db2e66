internal import RecCompute
internal import RecFiles

/// The order of nodes: lists of neighbours, then those whose records equal another's.
struct NodeOrder {
    /// The place of each node among the rows that have the block.
    let places: [UInt32]
    /// The nodes of each list, up to ``most``; all of them are different.
    let lists: [Range<Int>]
    /// For each list, itself and those nearest to it.
    let near: [[Int]]
    /// For each node behind the lists, the node whose record it repeats, ascending.
    let originals: [UInt32]

    /// The number of nodes in lists.
    var differentCount: Int { places.count - originals.count }

    /// The list of each node that is in one.
    func listOfEachNode() -> [UInt32] {
        var listOfNode = [UInt32](repeating: 0, count: differentCount)
        for (number, list) in lists.enumerated() {
            for node in list { listOfNode[node] = UInt32(number) }
        }
        return listOfNode
    }

    /// Nodes of a list on average, and at most.
    private static let mean = 256
    private static let most = 512
    /// Lists that are searched for the neighbours of a node.
    private static let nearLists = 24
    private static let samplesPerCenter = 16
    private static let piece = 128

    init(_ records: NodeRecords, team: ThreadTeam) {
        let shape = records.shape
        let count = shape.count
        let centerCount = max(1, count / Self.mean)
        let means = Self.means(records, count: centerCount, team: team)
        let listOfPlace = Self.assignment(records, means, team: team)

        var members = [[UInt32]](repeating: [], count: centerCount)
        for place in 0..<count { members[Int(listOfPlace[place])].append(UInt32(place)) }
        var places: [UInt32] = []
        var lists: [Range<Int>] = []
        var centers: [Int] = []
        var repeated: [(original: UInt32, place: UInt32)] = []
        places.reserveCapacity(count)
        for (center, all) in members.enumerated() where !all.isEmpty {
            let start = places.count
            var known: [Int: [UInt32]] = [:]
            for place in all {
                let key = Self.hash(records, Int(place))
                if let original = known[key]?.first(where: { Self.areEqual(records, Int(places[Int($0)]), Int(place)) })
                {
                    repeated.append((original, place))
                } else {
                    known[key, default: []].append(UInt32(places.count))
                    places.append(place)
                }
            }
            for first in stride(from: start, to: places.count, by: Self.most) {
                lists.append(first..<min(first + Self.most, places.count))
                centers.append(center)
            }
        }
        repeated.sort { ($0.original, $0.place) < ($1.original, $1.place) }
        self.places = places + repeated.map(\.place)
        originals = repeated.map(\.original)
        self.lists = lists
        near = Self.near(means, centers, team: team)
    }

    /// Centres of the decoded codes.
    private static func means(_ records: NodeRecords, count: Int, team: ThreadTeam) -> KMeans {
        let shape = records.shape
        let sampled = min(shape.count, count * samplesPerCenter)
        let points = SharedNumbers<Float>(repeating: 0, count: sampled * shape.codeCount)
        points.write { points in
            records.codes.read { codes in
                for sample in 0..<sampled {
                    let place = sample * shape.count / sampled
                    for code in 0..<shape.codeCount {
                        points[sample * shape.codeCount + code] =
                            Float(codes[place * records.codeSize + shape.place(of: code)])
                    }
                }
            }
        }
        return KMeans(points, pointCount: sampled, dimension: shape.codeCount, count: count, team: team)
    }

    /// The nearest centre of each place.
    private static func assignment(_ records: NodeRecords, _ means: KMeans, team: ThreadTeam) -> [UInt32] {
        let shape = records.shape
        let scores = means.scores()
        let lists = SharedNumbers<UInt32>(repeating: 0, count: shape.count)
        let decoded = SharedNumbers<Float>(repeating: 0, count: team.count * piece * shape.codeCount)
        let scratch = SharedNumbers<Float>(repeating: 0, count: team.count * piece * scores.pitch)
        team.run(units: (shape.count + piece - 1) / piece) { unit, participant in
            let range = unit * piece..<min((unit + 1) * piece, shape.count)
            let own = participant * piece
            let part = own * shape.codeCount..<(own + range.count) * shape.codeCount
            decoded.write(part) { decoded in
                records.codes.read(range.lowerBound * records.codeSize..<range.upperBound * records.codeSize) { codes in
                    for row in 0..<range.count {
                        for code in 0..<shape.codeCount {
                            decoded[row * shape.codeCount + code] =
                                Float(codes[row * records.codeSize + shape.place(of: code)])
                        }
                    }
                }
            }
            scratch.write(own * scores.pitch..<(own + range.count) * scores.pitch) { found in
                decoded.read(part) { scores.multiply($0, count: range.count, into: &found) }
                lists.write(range) { lists in
                    for row in 0..<range.count {
                        let start = row * scores.pitch
                        lists[row] = KMeans.nearest(in: found.span.extracting(start..<start + means.count))
                    }
                }
            }
        }
        return NumberArray(lists).array(0..<shape.count)
    }

    /// For each list, the nearest by the distances of their centres; of equally near ones those next to it.
    private static func near(_ means: KMeans, _ centers: [Int], team: ThreadTeam) -> [[Int]] {
        let scores = means.scores()
        let wanted = min(nearLists, centers.count)
        let near = SharedNumbers<UInt32>(repeating: 0, count: centers.count * wanted)
        team.run(units: centers.count) { list, _ in
            let center = centers[list]
            var found = [Float](repeating: 0, count: scores.pitch)
            let part = center * means.dimension..<(center + 1) * means.dimension
            var span = found.mutableSpan
            scores.multiply(means.centers.span.extracting(part), count: 1, into: &span)
            let order = centers.indices.map { other in
                NodeCandidate(score: found[centers[other]], node: UInt32(other))
            }
            // The list itself comes first, whatever rounding does.
            let best = order.filter { $0.node != list }.best(wanted - 1)
            near.write(list * wanted..<(list + 1) * wanted) { near in
                near[0] = UInt32(list)
                for (place, candidate) in best.enumerated() { near[place + 1] = candidate.node }
            }
        }
        return near.read { near in
            centers.indices.map { list in (0..<wanted).map { Int(near[list * wanted + $0]) } }
        }
    }

    private static func hash(_ records: NodeRecords, _ place: Int) -> Int {
        let size = records.codeSize
        return records.codes.read(place * size..<(place + 1) * size) { bytes in
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for index in bytes.indices { hash = (hash ^ UInt64(UInt8(bitPattern: bytes[index]))) &* 0x100_0000_01b3 }
            return Int(truncatingIfNeeded: hash)
        }
    }

    private static func areEqual(_ records: NodeRecords, _ one: Int, _ other: Int) -> Bool {
        areEqual(records.codes, one, other, size: records.codeSize)
            && areEqual(records.records, one, other, size: records.shape.recordSize)
    }

    private static func areEqual<Byte: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ bytes: SharedNumbers<Byte>,
        _ one: Int,
        _ other: Int,
        size: Int
    ) -> Bool {
        bytes.read { bytes in (0..<size).allSatisfy { bytes[one * size + $0] == bytes[other * size + $0] } }
    }
}
