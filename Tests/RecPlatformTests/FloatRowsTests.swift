import Foundation
import RecPlatform
import RecTesting
import Testing

@Suite struct `Gathered rows` {
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
        #expect(throws: PlatformError.self) {
            try FloatRows(gathering: places, of: matrices, dimension: dimension, spillingTo: folder.path + "/none/rows")
        }
    }
}
