import Foundation
import RecCore
import RecFiles
import RecIndex
import RecTesting
import Testing

@Suite struct `Index file` {
    @Test(arguments: [1])
    func `an index that was written and opened keeps the promises of an index`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            try await SimilarityIndexConformance { space, products in
                let path = folder + "/\(products.count).index"
                try makeIndex(space, products).write(to: path)
                return try Index.open(path: path, checking: .whole)
            }.check(seed: seed, count: 150)
        }
    }

    @Test func `an opened index answers with the same bits as the one that was written`() throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 300, seed: 1)
            let built = try makeIndex(catalogue.space, catalogue.products)
            try built.write(to: folder + "/index")
            let opened = try Index.open(path: folder + "/index", checking: .whole)
            #expect(opened.ids == built.ids)
            for query in catalogue.queries {
                let query = SearchQuery(query, count: 300, filter: .has("share", "50%"))
                #expect(try opened.neighbors(query) == built.neighbors(query))
            }
        }
    }

    @Test func `the same products give the same bytes in any order, also when written again`() throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 100, seed: 2)
            let paths = (0..<3).map { "\(folder)/\($0).index" }
            try makeIndex(catalogue.space, catalogue.products).write(to: paths[0])
            try makeIndex(catalogue.space, catalogue.products.reversed()).write(to: paths[1])
            try Index.open(path: paths[0], checking: .whole).write(to: paths[2])
            let expected = try bytes(of: paths[0])
            #expect(try bytes(of: paths[1]) == expected)
            #expect(try bytes(of: paths[2]) == expected)
            #expect(names(in: folder) == ["0.index", "1.index", "2.index"], "no temporary file may stay behind")
        }
    }

    @Test func `an index may replace the file that it is reading from`() throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 50, seed: 3)
            try makeIndex(catalogue.space, catalogue.products).write(to: folder + "/index")
            let old = try Index.open(path: folder + "/index", checking: .whole)
            try makeIndex(catalogue.space, Array(catalogue.products.prefix(10))).write(to: folder + "/index")
            #expect(try Index.open(path: folder + "/index", checking: .whole).count == 10)
            #expect(try old.neighbors(SearchQuery(catalogue.queries[0], count: 50)).count == 50)
        }
    }

    @Test func `a file that was cut anywhere is reported`() throws {
        try withDamage { whole, open in
            for count in stride(from: 0, to: whole.count, by: 7) {
                let code = open(Array(whole[..<count]))
                #expect(code == (count == 0 ? .foreignFile : .truncated), "cut to \(count) bytes")
            }
        }
    }

    @Test(arguments: [1, 2, 3])
    func `a file with any byte changed is reported`(seed: UInt64) throws {
        try withDamage { whole, open in
            var random = SeededGenerator(seed: seed)
            // Every byte of the header and the section table, and a sample of the rest.
            let positions = Array(0..<512) + (0..<600).map { _ in Int.random(in: 0..<whole.count, using: &random) }
            for position in positions {
                var damaged = whole
                damaged[position] ^= UInt8.random(in: 1...255, using: &random)
                #expect(open(damaged) != nil, "byte \(position) of \(whole.count)")
            }
        }
    }

    @Test func `vectors that are checked as they are used are never used when damaged`() throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 60, dimension: 5, seed: 9)
            let path = folder + "/index"
            try makeIndex(catalogue.space, catalogue.products).write(to: path)
            let whole = try bytes(of: path)
            let rows = try #require(sections(of: whole).first { $0.kind == 6 }).range
            let index = try Index.open(path: path, checking: .asUsed)
            let query = SearchQuery(catalogue.queries[0], count: 60)
            #expect(try index.neighbors(query) == Index.open(path: path, checking: .whole).neighbors(query))
            var random = SeededGenerator(seed: 9)
            for _ in 0..<40 {
                let row = Int.random(in: 0..<60, using: &random)
                var damaged = whole
                let position = rows.lowerBound + row * 20 + Int.random(in: 0..<20, using: &random)
                damaged[position] ^= UInt8.random(in: 1...255, using: &random)
                try write(damaged, to: path)
                let index = try Index.open(path: path, checking: .asUsed)
                let error = #expect(throws: RecError.self) { try index.neighbors(query) }
                #expect(error?.code == .corrupt)
                #expect(throws: RecError.self) { try index.embedding(of: index.ids[row]) }
                #expect(try index.embedding(of: index.ids[(row + 1) % 60]) != nil)
                // Damage must not be written again with a checksum that fits it.
                #expect(throws: RecError.self) { try index.write(to: folder + "/copy") }
            }
        }
    }

    @Test func `a file of another kind, of a newer version or with something after it is told apart`() throws {
        try withDamage { whole, open in
            #expect(open(Array("id,gender,masterCategory\n1,Men,Apparel\n".utf8)) == .foreignFile)
            #expect(open([0x89, 0x50]) == .foreignFile)
            var newer = whole
            newer[8] = 5
            #expect(open(newer) == .unsupportedVersion)
            #expect(open(whole + [0]) == .corrupt)
            #expect(open(whole) == nil)
        }
    }

    @Test func `values that break a rule are reported although every checksum is right`() throws {
        try withDamage { whole, open in
            let entries = sections(of: whole)
            for (kind, name) in [
                (2, "ids"), (3, "titles"), (10, "values"), (6, "rows"), (7, "presence"), (8, "codes"),
            ] {
                let section = try #require(entries.first { $0.kind == kind }, "\(name)")
                for fill: UInt8 in [0x00, 0x7F, 0xFF] {
                    var damaged = whole
                    for position in section.range.suffix(section.range.count / 2) { damaged[position] = fill }
                    #expect(open(withRightChecksums(damaged)) == .corrupt, "\(name) half filled with \(fill)")
                }
            }
        }
    }

    @Test(arguments: [1 << 24 + 1, 1 << 61, Int.max])
    func `a dimension that no vector has is refused, also where there are no products`(dimension: Int) throws {
        let small = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 3, recipe: ["a": "b"]))])
        try withTemporaryFolder { folder in
            try makeIndex(small, []).write(to: folder + "/index")
            var damaged = try bytes(of: folder + "/index")
            let space = try #require(sections(of: damaged).first { $0.kind == 1 }).range
            // A count, the name "image" with its length, the kind; then the dimension.
            let start = space.lowerBound + 4 + 4 + 5 + 1
            #expect(damaged[start] == 3)
            for byte in 0..<8 { damaged[start + byte] = UInt8(truncatingIfNeeded: dimension >> (8 * byte)) }
            try Data(withRightChecksums(damaged)).write(to: URL(fileURLWithPath: folder + "/damaged"))
            let error = #expect(throws: RecError.self) {
                try Index.open(path: folder + "/damaged", checking: .whole)
            }
            #expect(error?.code == .corrupt)
        }
    }

    @Test(arguments: 0..<200)
    func `damage with right checksums never stops the process`(seed: UInt64) throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 6, dimension: 3, seed: 4)
            let path = folder + "/index"
            try makeIndex(catalogue.space, catalogue.products).write(to: path)
            var damaged = try bytes(of: path)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                damaged[Int.random(in: 64..<damaged.count, using: &random)] =
                    [0, 1, 0x7F, 0x80, 0xFF, 3]
                    .randomElement(using: &random) ?? 0
            }
            try write(withRightChecksums(damaged), to: path)
            guard let index = try? Index.open(path: path, checking: .whole) else { return }
            // Changed but consistent, such as another letter of a title: it must work.
            for id in index.ids {
                let embedding = try #require(try index.embedding(of: id))
                #expect(index.product(id) != nil)
                if !embedding.blocks.isEmpty { #expect(try index.neighbors(SearchQuery(embedding)).count <= 6) }
            }
        }
    }

    @Test func `an index built with other weights is refused when that is asked for`() throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 10, dimension: 8, seed: 5)
            let path = folder + "/index"
            try makeIndex(catalogue.space, catalogue.products).write(to: path)
            let same = try Index.open(path: path, expecting: catalogue.space.blocks, checking: .whole)
            #expect(same.count == 10)
            let other = RandomCatalogue(count: 0, dimension: 16, seed: 6).space.blocks
            let error = #expect(throws: RecError.self) {
                try Index.open(path: path, expecting: [other[0]], checking: .whole)
            }
            #expect(error?.code == .recipeMismatch)
            #expect(error?.message.contains("seed: 5 is not 6") == true)
            #expect(error?.message.contains("dimension: 8 is not 16") == true)
            let absent = EmbeddingSpace.Block(name: "text", kind: .dense(dimension: 8, recipe: [:]))
            let missing = #expect(throws: RecError.self) {
                try Index.open(path: path, expecting: [absent], checking: .whole)
            }
            #expect(missing?.code == .recipeMismatch)
        }
    }

    @Test func `paths that hold no readable file are reported by name`() throws {
        try withTemporaryFolder { folder in
            let missing = #expect(throws: RecError.self) {
                try Index.open(path: folder + "/none", checking: .whole)
            }
            #expect(missing?.code == .fileNotFound)
            #expect(missing?.message.contains("/none") == true)
            let directory = #expect(throws: RecError.self) { try Index.open(path: folder, checking: .whole) }
            #expect(directory?.code == .unreadableFile)
            let device = #expect(throws: RecError.self) { try Index.open(path: "/dev/null", checking: .whole) }
            #expect(device?.code == .unreadableFile)
        }
    }

    @Test func `a path that cannot be written is reported and nothing is left behind`() throws {
        try withTemporaryFolder { folder in
            let index = try makeIndex(RandomCatalogue(count: 0, seed: 7).space, [])
            for path in [folder, folder + "/none/index", "/dev/null"] {
                let error = #expect(throws: RecError.self) { try index.write(to: path) }
                #expect(error?.code == .unwritable)
                #expect(error?.path == path)
            }
            #expect(names(in: folder).isEmpty)
        }
    }

    /// Writes a small index and lends its bytes, and a function that opens other bytes and gives the error's code.
    private func withDamage(_ body: ([UInt8], ([UInt8]) -> RecError.Code?) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let catalogue = RandomCatalogue(count: 30, dimension: 5, seed: 8)
            let path = folder + "/index"
            try makeIndex(catalogue.space, catalogue.products).write(to: path)
            try body(try bytes(of: path)) { damaged in
                do {
                    try write(damaged, to: path)
                    _ = try Index.open(path: path, checking: .whole)
                    return nil
                } catch let error as RecError {
                    return error.code
                } catch {
                    Issue.record("an error of another type: \(error)")
                    return nil
                }
            }
        }
    }
}

/// The section table of an index file, read as `Docs/FileFormat.md` describes it, without sections outside the file.
private func sections(of bytes: [UInt8]) -> [(kind: Int, range: Range<Int>, entry: Int)] {
    (0..<number(bytes, at: 12, size: 4)).compactMap { index in
        let entry = 64 + 32 * index
        let start = number(bytes, at: entry + 8, size: 8)
        let length = number(bytes, at: entry + 16, size: 8)
        guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start else { return nil }
        return (number(bytes, at: entry, size: 4), start..<start + length, entry)
    }
}

private func number(_ bytes: [UInt8], at position: Int, size: Int) -> Int {
    bytes[position..<position + size].reversed().reduce(0) { $0 &<< 8 | Int($1) }
}

/// Makes every checksum of a damaged file right again, where its sections still lie in the file.
private func withRightChecksums(_ damaged: [UInt8]) -> [UInt8] {
    var bytes = damaged
    func put(_ checksum: UInt32, at position: Int) {
        for offset in 0..<4 { bytes[position + offset] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(offset))) }
    }
    let count = number(bytes, at: 12, size: 4)
    // The checksums of the rows are a section of their own, whose checksum is that of the rows as well.
    let products = number(bytes, at: 24, size: 8)
    let sections = sections(of: bytes)
    let rows = sections.first { $0.kind == 6 }?.range ?? 0..<0
    let checksums = sections.first { $0.kind == 11 }?.range ?? 0..<0
    if products > 0, checksums.count == 4 * products {
        let size = rows.count / products
        for product in 0..<products {
            let start = rows.lowerBound + product * size
            put(CRC32C.of(Array(bytes[start..<start + size])), at: checksums.lowerBound + 4 * product)
        }
    }
    for section in sections {
        put(CRC32C.of(Array(bytes[section.kind == 6 ? checksums : section.range])), at: section.entry + 24)
    }
    put(0, at: 32)
    let header = 64 + 32 * count
    put(CRC32C.of(Array(bytes[..<(header + (64 - header % 64) % 64)])), at: 32)
    return bytes
}
