import RecFiles
import RecIndex
import RecTesting
import Testing

/// Rows to describe, and how.
struct CodeCase: Sendable, CustomTestStringConvertible {
    let name: String
    let rows: [[Float]]
    var missing: Set<Int> = []
    let settings: CodeSettings

    var testDescription: String { name }
    var dimension: Int { rows.first?.count ?? 8 }

    func build(threads: Int = 1) throws -> ProductCodes {
        try ProductCodes(
            rows: FloatRows(rows.flatMap { $0 }, rowCount: rows.count, dimension: dimension),
            isPresent: NumberArray(rows.indices.map { missing.contains($0) ? 0 : 1 }),
            settings: settings,
            threads: threads
        )
    }

    /// Unit vectors around random centres, no component negative, as rectified features have it.
    static func clustered(_ count: Int, dimension: Int, clusters: Int, width: Float, seed: UInt64) -> [[Float]] {
        var random = SeededGenerator(seed: seed)
        let centers = (0..<clusters).map { _ in
            (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        }
        return (0..<count).map { _ in
            let center = centers[Int.random(in: centers.indices, using: &random)]
            return unit(center.map { max(0, $0 + width * Float.random(in: -1...1, using: &random)) })
        }
    }

    static func unit(_ values: [Float]) -> [Float] {
        let norm = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return norm > 0 ? values.map { Float(Double($0) / norm) } : values
    }

    static let all: [CodeCase] = [
        CodeCase(
            name: "clusters",
            rows: clustered(600, dimension: 256, clusters: 9, width: 0.4, seed: 1),
            missing: [0, 17, 18, 19, 599],
            settings: CodeSettings(headChunks: 1, chunks: 3, lists: 12)
        ),
        CodeCase(
            name: "a head of two chunks, a dimension that is no multiple of 8",
            rows: clustered(300, dimension: 213, clusters: 5, width: 1, seed: 2),
            settings: CodeSettings(headChunks: 2, chunks: 3, lists: 5)
        ),
        CodeCase(
            name: "nothing but a head",
            rows: clustered(200, dimension: 100, clusters: 3, width: 0.2, seed: 3),
            settings: CodeSettings(headChunks: 1, chunks: 1, lists: 4)
        ),
        CodeCase(
            name: "fewer dimensions than directions",
            rows: clustered(100, dimension: 5, clusters: 3, width: 0.5, seed: 4),
            settings: CodeSettings(headChunks: 1, chunks: 2, lists: 3)
        ),
        CodeCase(
            name: "fewer rows than directions, more lists than rows",
            rows: clustered(7, dimension: 128, clusters: 7, width: 0.5, seed: 5),
            settings: CodeSettings(headChunks: 1, chunks: 2, lists: 20)
        ),
        CodeCase(
            name: "equal rows",
            rows: [[Float]](repeating: unit((1...70).map { Float($0) }), count: 40),
            settings: CodeSettings(headChunks: 1, chunks: 2, lists: 3)
        ),
        CodeCase(
            name: "zeros among others",
            rows: clustered(50, dimension: 64, clusters: 2, width: 0.1, seed: 6) + zeros(30, dimension: 64),
            settings: CodeSettings(headChunks: 1, chunks: 1, lists: 3)
        ),
        CodeCase(
            name: "zeros",
            rows: zeros(20, dimension: 16),
            settings: CodeSettings(headChunks: 1, chunks: 1, lists: 2)
        ),
        CodeCase(
            name: "lengths of many orders of magnitude",
            rows: clustered(120, dimension: 96, clusters: 4, width: 0.5, seed: 7).enumerated().map { row in
                row.element.map { $0 * [1e-6, 1, 300][row.offset % 3] }
            },
            settings: CodeSettings(headChunks: 1, chunks: 2, lists: 4)
        ),
        CodeCase(
            name: "one row",
            rows: [unit([3, 4, 0])],
            settings: CodeSettings(headChunks: 1, chunks: 1, lists: 1)
        ),
        CodeCase(
            name: "no row has the block",
            rows: zeros(3, dimension: 24),
            missing: [0, 1, 2],
            settings: CodeSettings(headChunks: 1, chunks: 2, lists: 2)
        ),
        CodeCase(name: "no rows", rows: [], settings: CodeSettings(headChunks: 1, chunks: 1, lists: 1)),
    ]

    static func zeros(_ count: Int, dimension: Int) -> [[Float]] {
        [[Float]](repeating: [Float](repeating: 0, count: dimension), count: count)
    }
}

@Suite struct `Product codes` {
    @Test(arguments: CodeCase.all)
    func `the directions are orthonormal, and those that do not exist are zero`(_ given: CodeCase) throws {
        let codes = try given.build()
        let count = codes.chunks * 64
        let all = codes.directions.array(0..<codes.directions.count).map(Double.init)
        let directions = (0..<count).map { Array(all[$0 * codes.dimension..<($0 + 1) * codes.dimension]) }
        let existing = directions.prefix { $0.contains { $0 != 0 } }
        #expect(directions.dropFirst(existing.count).allSatisfy { $0.allSatisfy { $0 == 0 } })
        let present = given.rows.count - given.missing.count
        #expect(existing.count <= min(count, codes.dimension, present))
        if given.name.contains("clusters") || given.name.contains("head") {
            #expect(existing.count == min(count, codes.dimension, present))
        }
        var worst = 0.0
        for (row, one) in existing.enumerated() {
            for (column, other) in existing.enumerated() {
                let product = zip(one, other).reduce(0.0) { $0 + $1.0 * $1.1 }
                worst = max(worst, abs(product - (row == column ? 1 : 0)))
            }
        }
        #expect(worst < 1e-7)
    }

    @Test func `the directions catch as much as the rows' own dimensions do`() throws {
        // Rows in 40 dimensions of 200, so that 64 directions say everything about them.
        var random = SeededGenerator(seed: 8)
        let frame = (0..<40).map { _ in (0..<200).map { _ in Float.random(in: -1...1, using: &random) } }
        let rows = (0..<300).map { _ in
            let shares = frame.map { _ in Float.random(in: -1...1, using: &random) }
            return CodeCase.unit((0..<200).map { place in zip(shares, frame).reduce(0) { $0 + $1.0 * $1.1[place] } })
        }
        let codes = try CodeCase(
            name: "",
            rows: rows,
            settings: CodeSettings(headChunks: 1, chunks: 1, lists: 2)
        ).build()
        #expect(codes.tails.array(0..<codes.slots).allSatisfy { $0 < 0.02 })
    }

    @Test(arguments: CodeCase.all)
    func `every row that has the block is in one slot, ascending in its list`(_ given: CodeCase) throws {
        let codes = try given.build()
        let rows = codes.rows.array(0..<codes.slots)
        let expected = given.rows.indices.filter { !given.missing.contains($0) }.map { UInt32($0) }
        #expect(rows.filter { $0 != ProductCodes.noRow }.sorted() == expected)
        #expect(codes.lists == given.settings.lists)
        #expect(Int(codes.starts[codes.lists]) * 16 == codes.slots)
        for list in 0..<codes.lists {
            let part = rows[Int(codes.starts[list]) * 16..<Int(codes.starts[list + 1]) * 16]
            let held = part.filter { $0 != ProductCodes.noRow }
            #expect(held == held.sorted())
            #expect(part.count - held.count < 16)
        }
        for (slot, row) in rows.enumerated() {
            #expect((codes.used[slot / 16] >> UInt16(slot % 16) & 1 == 1) == (row != ProductCodes.noRow))
        }
    }

    @Test(arguments: CodeCase.all)
    func `no bound is below the inner product`(_ given: CodeCase) throws {
        let codes = try given.build()
        var random = SeededGenerator(seed: 9)
        let others = (0..<6).map { _ in
            CodeCase.unit((0..<given.dimension).map { _ in Float.random(in: -1...1, using: &random) })
        }
        // Rows as queries make the bounds tight: what is outside the directions points the same way.
        let queries = others + given.rows.prefix(12)
        var worst = Double.infinity
        var widest = 0.0
        for query in queries {
            let bounds = CodeBounds(codes, query: query)
            for list in 0..<codes.lists {
                let ofList = bounds.bound(list: list)
                for slot in Int(codes.starts[list]) * 16..<Int(codes.starts[list + 1]) * 16 {
                    guard codes.rows[slot] != ProductCodes.noRow else { continue }
                    let row = given.rows[Int(codes.rows[slot])]
                    let exact = zip(query, row).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    let ofSlot = bounds.bounds(slot: slot)
                    worst = min(worst, ofList - exact, (ofSlot.min() ?? 0) - exact)
                    widest = max(widest, (ofSlot.last ?? 0) - exact)
                }
            }
        }
        #expect(worst >= 0)
        // A bound may be true because it says nothing.
        if !given.name.contains("magnitude") { #expect(widest < 1) }
    }

    @Test(arguments: CodeCase.all)
    func `the norms are those of the rows, but for rounding`(_ given: CodeCase) throws {
        let codes = try given.build()
        let mean = codes.mean.array(0..<codes.dimension)
        var greatest = 0.0
        for slot in 0..<codes.slots where codes.rows[slot] != ProductCodes.noRow {
            let row = given.rows[Int(codes.rows[slot])]
            let norm = row.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            let bounds = CodeBounds(codes, query: row)
            let slack = 2e-2 * (norm + mean.reduce(0) { max($0, Double(abs($1))) })
            let tails =
                [codes.tails[slot]] + (0..<codes.middleChunks).map { codes.middleTails[slot * codes.middleChunks + $0] }
            for (place, tail) in tails.enumerated() {
                let exact = bounds.rest(of: row, chunks: codes.headChunks + place)
                #expect(Double(tail) >= exact)
                #expect(Double(tail) <= exact + slack)
            }
            let offset = zip(row, mean).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            #expect(Double(codes.offsets[slot]) >= offset)
            #expect(Double(codes.offsets[slot]) <= offset * (1 + 3e-7) + 1e-30)
            var decoded = 0.0
            for place in 0..<codes.headCount {
                let code = codes.head[slot / 16 * 16 * codes.headCount + (place / 4) * 64 + slot % 16 * 4 + place % 4]
                let value = Double(code) * Double(codes.steps[0])
                decoded += value * value
                #expect(abs(value - bounds.shares[place]) <= Double(codes.steps[0]) * 0.51 + 1e-5 * norm)
            }
            greatest = max(greatest, decoded.squareRoot())
        }
        #expect(Double(codes.headNorm) >= greatest)
        #expect(Double(codes.headNorm) <= greatest * 1.000001)
    }

    @Test(arguments: CodeCase.all)
    func `any number of threads gives the same bytes`(_ given: CodeCase) throws {
        let one = try given.build(threads: 1)
        for threads in [2, 3] {
            let other = try given.build(threads: threads)
            #expect(bytes(of: one) == bytes(of: other))
        }
    }

    @Test(arguments: CodeCase.all)
    func `every array has the size that the shape says`(_ given: CodeCase) throws {
        let codes = try given.build()
        #expect(codes.arrays.misfit(codes.shape) == nil)
        var other = codes.shape
        other.slots += CodeShape.lanes
        #expect(codes.arrays.misfit(other)?.part == .slots)
        #expect(Set(CodeArrays.fields.map(\.name)).count == CodeArrays.fields.count)
    }

    @Test func `what progress throws ends the work`() throws {
        struct Stop: Error {}
        let given = CodeCase.all[0]
        var last = -1.0
        #expect(throws: Stop.self) {
            _ = try ProductCodes(
                rows: FloatRows(given.rows.flatMap { $0 }, rowCount: given.rows.count, dimension: given.dimension),
                isPresent: NumberArray([UInt8](repeating: 1, count: given.rows.count)),
                settings: given.settings,
                threads: 2
            ) { share in
                #expect(share > last && share <= 1)
                last = share
                if share > 0.5 { throw Stop() }
            }
        }
    }

    @Test(arguments: [(0, 4), (1, 1), (5, 5), (300, 64), (44_441, 1280), (2_000_000, 512), (1000, 25_088)])
    func `automatic settings are legal for any size`(count: Int, dimension: Int) {
        let settings = CodeSettings.automatic(count: count, dimension: dimension)
        #expect(settings.chunks >= settings.headChunks)
        #expect((settings.chunks - 1) * 64 < dimension)
        #expect(settings.lists >= 1 && settings.lists <= max(1, count / 16))
    }

    /// The bytes of every array, by its name.
    private func bytes(of codes: ProductCodes) -> [String: [UInt8]] {
        func bytes(_ field: some CodeField) -> [UInt8] {
            let numbers = codes.arrays[keyPath: field.path]
            return numbers.withBytes(0..<numbers.count) { bytes in
                unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
            }
        }
        let arrays = CodeArrays.fields.map { ($0.name, bytes($0)) }
        return Dictionary(uniqueKeysWithValues: arrays + [("head norm", floatBytes(codes.headNorm))])
    }

    private func floatBytes(_ number: Float) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
}
