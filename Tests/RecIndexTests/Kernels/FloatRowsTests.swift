import Foundation
import RecFiles
import RecIndex
import RecTesting
import Testing

@Suite struct `Rows of floats` {
    @Test func `rows in a file and rows in an array are the same`() throws {
        try withTemporaryFolder { folder in
            let values = (0..<12).map { Float($0) - 5.5 }
            var writer = ByteWriter()
            writer.write(7 as UInt32)
            writer.write(contentsOf: values)
            try Data(writer.bytes).write(to: URL(fileURLWithPath: folder + "/rows"))
            let mapped = FloatRows(
                try MappedFile(path: folder + "/rows"),
                offset: 4,
                rowCount: 4,
                dimension: 3
            )
            let owned = FloatRows(values, rowCount: 4, dimension: 3)
            for row in 0..<4 {
                #expect(mapped.row(row) == Array(values[row * 3..<row * 3 + 3]))
                #expect(owned.row(row) == mapped.row(row))
                #expect(mapped.squaredLength(of: row) == owned.squaredLength(of: row))
            }
            #expect(mapped.withBytes(1..<3) { CRC32C.of($0) } == owned.withBytes(1..<3) { CRC32C.of($0) })
        }
    }

    @Test func `the squared length of a row of millions of equal floats is exact to five digits`() {
        let dimension = 3_000_001
        let value = Float((1 / Double(dimension)).squareRoot())
        let rows = FloatRows([Float](repeating: value, count: dimension), rowCount: 1, dimension: dimension)
        let exact = Double(value) * Double(value) * Double(dimension)
        // Lanes of one sum in single precision are off by 2e-4 here, more than the reader of a file allows.
        #expect(abs(rows.squaredLength(of: 0) - exact) < 1e-5)
    }

    @Test(arguments: [0, 1, 3, 40])
    func `rows of several matrices lie in the order that is asked for, in memory and in a file`(count: Int) throws {
        let dimension = 7
        let matrices = (0..<3).map { number in
            FloatRows((0..<10 * dimension).map { Float(1000 * number + $0) }, rowCount: 10, dimension: dimension)
        }
        var random = SeededGenerator(seed: UInt64(count))
        let places = (0..<count).map { _ in
            FloatRows.Place(source: .random(in: 0..<3, using: &random), row: .random(in: 0..<10, using: &random))
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rec-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inMemory = FloatRows(gathering: places, of: matrices, dimension: dimension)
        let inFile = try FloatRows(
            gathering: places,
            of: matrices,
            dimension: dimension,
            spillingTo: folder.path + "/rows"
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        for rows in [inMemory, inFile] {
            #expect(rows.rowCount == count)
            for (position, place) in places.enumerated() {
                #expect(rows.row(position) == matrices[place.source].row(place.row))
            }
        }
        #expect(throws: FileError.self) {
            try FloatRows(gathering: places, of: matrices, dimension: dimension, spillingTo: folder.path + "/none/rows")
        }
    }
}
