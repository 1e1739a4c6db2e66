import RecFiles
import RecIndex

/// The upper bounds that codes give for one query, in double precision and in the words of the definitions.
struct CodeBounds {
    /// What the directions may be off from orthonormal, as far as a query has to care.
    static let defect = 1e-6

    let codes: ProductCodes
    let directions: [Float]
    /// <v, query - mean> for all directions.
    let shares: [Double]
    /// <query - mean, mean>.
    let base: Double
    /// Bounds of the query's norm outside the first 0, 1, 2 and so on chunks.
    let outside: [Double]

    init(_ codes: ProductCodes, query: [Float]) {
        self.codes = codes
        let dimension = codes.dimension
        let mean = codes.mean.array(0..<dimension)
        let directions = codes.directions.array(0..<codes.directions.count)
        let centred = (0..<dimension).map { Double(query[$0]) - Double(mean[$0]) }
        self.directions = directions
        base = (0..<dimension).reduce(0.0) { $0 + centred[$1] * Double(mean[$1]) }
        let shares = (0..<codes.chunks * CodeShape.chunk).map { direction in
            (0..<dimension).reduce(0.0) { $0 + centred[$1] * Double(directions[direction * dimension + $1]) }
        }
        self.shares = shares
        let square = centred.reduce(0.0) { $0 + $1 * $1 }
        outside = (0...codes.chunks).map { chunks in
            let caught = shares[..<(chunks * CodeShape.chunk)].reduce(0.0) { $0 + $1 * $1 }
            return max(0, square - (1 - Self.defect) * caught).squareRoot() + 1e-9
        }
    }

    /// The norm of a row outside the first chunks: of what is left when its parts along the directions are taken off.
    func rest(of row: [Float], chunks: Int) -> Double {
        var rest = row.indices.map { Double(row[$0]) - Double(codes.mean[$0]) }
        let centred = rest
        for direction in 0..<chunks * CodeShape.chunk {
            let first = direction * row.count
            let share = row.indices.reduce(0.0) { $0 + centred[$1] * Double(directions[first + $1]) }
            for place in row.indices { rest[place] -= share * Double(directions[first + place]) }
        }
        return rest.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    }

    /// The norm of the query in a chunk.
    func norm(_ chunk: Int) -> Double { norm(chunk * CodeShape.chunk..<(chunk + 1) * CodeShape.chunk) }

    func norm(_ range: Range<Int>) -> Double { shares[range].reduce(0.0) { $0 + $1 * $1 }.squareRoot() }

    /// The bounds of a slot: by its head, then with each chunk of the middle.
    func bounds(slot: Int) -> [Double] {
        var sum = base + Double(codes.offsets[slot])
        let block = slot / 16 * 16 * codes.headCount
        for place in 0..<codes.headCount {
            let code = codes.head[block + (place / 4) * 64 + slot % 16 * 4 + place % 4]
            sum += shares[place] * Double(code) * Double(codes.steps[place / 64])
        }
        for chunk in 0..<codes.headChunks { sum += norm(chunk) * Double(codes.errors[chunk]) }
        var bounds = [sum + outside[codes.headChunks] * Double(codes.tails[slot])]
        for middle in 0..<codes.middleChunks {
            let chunk = codes.headChunks + middle
            for place in 0..<64 {
                let code = codes.middle[(slot * codes.middleChunks + middle) * 64 + place]
                sum += shares[chunk * 64 + place] * Double(code) * Double(codes.steps[chunk])
            }
            sum += norm(chunk) * Double(codes.errors[chunk])
            let tail = Double(codes.middleTails[slot * codes.middleChunks + middle])
            bounds.append(sum + outside[chunk + 1] * tail)
        }
        return bounds
    }

    /// The bound of all rows of a list.
    func bound(list: Int) -> Double {
        let count = codes.headCount
        var sum = base + Double(codes.greatestOffsets[list])
        for place in 0..<count { sum += shares[place] * Double(codes.centers[list * count + place]) }
        sum += norm(0..<count) * Double(codes.radii[list])
        for chunk in 0..<codes.headChunks { sum += norm(chunk) * Double(codes.errors[chunk]) }
        return sum + outside[codes.headChunks] * Double(codes.greatestTails[list])
    }
}
