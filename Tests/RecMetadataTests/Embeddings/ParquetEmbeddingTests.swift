import Foundation
import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `Embeddings in Parquet` {
    static let readable = ["snappy", "uncompressed", "version2", "plain", "small-pages", "doubles", "spark"]

    @Test(arguments: readable)
    func `have the bits that PyArrow and Spark stored`(name: String) async throws {
        let rows = try EmbeddingRow.all()
        let table = try await EmbeddingFolder(path: EmbeddingRow.file("\(name).parquet"))
            .read(for: rows.map(\.path), in: "")
        #expect(table.recipe == EmbeddingRow.recipe)
        #expect(table.rowCount == rows.count)
        #expect(table.unusedCount == 0)
        for row in rows {
            switch try await table.result(for: row.path) {
            case .success(let vector):
                #expect(vector.components == row.embedding)
                #expect(vector.recipe == EmbeddingRow.recipe)
            case .failure(let error):
                let error = try #require(error as? RecError)
                #expect(row.embedding == nil)
                #expect(error.code.name == row.error?.code)
                #expect(error.message == row.error?.message)
            }
        }
    }

    @Test(arguments: [
        ("gzip", "gzip"), ("zstd", "Zstandard"), ("split", "embedding.list.element"),
    ])
    func `stored in another way are refused with advice`(name: String, word: String) async throws {
        let error = await #expect(throws: RecError.self) {
            try await EmbeddingFolder(path: EmbeddingRow.file("\(name).parquet")).read(for: ["a"], in: "")
        }
        #expect(error?.code.name == "unsupported-table")
        #expect(error?.message.contains(word) == true)
        #expect(error?.message.contains("Write") == true)
    }

    @Test func `that are empty or lack a number count as none`() async throws {
        let rows = try EmbeddingRow.all()
        let table = try await EmbeddingFolder(path: EmbeddingRow.file("odd-lists.parquet"))
            .read(for: rows.map(\.path), in: "")
        #expect(table.vectorCount == 1)
        #expect(try await table.result(for: rows[4].path).get().components == [0.6, 0.8])
        for row in [rows[1], rows[2]] {
            let error = await #expect(throws: RecError.self) { try await table.result(for: row.path).get() }
            #expect(error?.code.name == "invalid-embeddings")
        }
    }

    @Test(arguments: [("nested-lists", "unsupported-table"), ("other-columns", "invalid-embeddings")])
    func `need the columns that are documented`(name: String, code: String) async throws {
        let error = await #expect(throws: RecError.self) {
            try await EmbeddingFolder(path: EmbeddingRow.file("\(name).parquet")).read(for: ["a"], in: "")
        }
        #expect(error?.code.name == code)
    }

    @Test(arguments: readable, 0..<9 as Range<UInt64>)
    func `that are damaged never crash`(name: String, seed: UInt64) async throws {
        let original = Array(try Data(contentsOf: URL(filePath: EmbeddingRow.file("\(name).parquet"))))
        let paths = try EmbeddingRow.all().map(\.path)
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        for _ in 0..<10 {
            var bytes = original
            switch seed % 3 {
            case 0:
                // The description is at the end.
                for _ in 0...2 {
                    let place = Int.random(in: max(0, bytes.count - 1500)..<bytes.count, using: &random)
                    bytes[place] = .random(in: 0...255, using: &random)
                }
            case 1:
                for _ in 0...5 {
                    bytes[.random(in: 4..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
            default:
                let start = Int.random(in: 4..<bytes.count - 8, using: &random)
                bytes.removeSubrange(start..<min(bytes.count - 8, start + .random(in: 1...300, using: &random)))
            }
            try Data(bytes).write(to: URL(filePath: "\(folder.path)/a.parquet"))
            do {
                let table = try await EmbeddingFolder(path: folder.path).read(for: paths, in: "")
                #expect(table.rowCount <= 64 * bytes.count)
            } catch {
                #expect(error is RecError)
            }
        }
    }
}
