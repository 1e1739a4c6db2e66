import RecCore
import RecPostgres
import Testing

/// Values against the binary formats that PostgreSQL and pgvector document; `ServerCodingTests` asks a server.
@Suite("Values in the binary format") struct CodingTests {
    private func row(_ values: PostgresValue...) -> PostgresRow { PostgresRow(values.map(\.bytes)) }

    @Test func `come back as they were`() throws {
        let texts = ["", "it's", "\"q\"", "e\u{301}😀", nil, String(repeating: "x", count: 10_000)]
        let row = row(
            try .text("😀'"),
            .integer(.min),
            .double(-0.0),
            .bool(true),
            .bytes([0, 255]),
            try .texts(texts),
            .integers([1, nil, -2]),
            .doubles([.infinity, nil]),
            .bools([false, nil]),
            .bytesArray([[0], nil, []]),
            try .jsonb("{\"a\": 1}")
        )
        #expect(try row.text(0) == "😀'")
        #expect(try row.integer(1) == .min)
        #expect(try row.double(2)?.sign == .minus)
        #expect(try row.bool(3) == true)
        #expect(try row.bytes(4) == [0, 255])
        #expect(try row.texts(5) == texts)
        #expect(try row.integers(6) == [1, nil, -2])
        #expect(try row.doubles(7) == [.infinity, nil])
        #expect(try row.bools(8) == [false, nil])
        #expect(try row.bytesArray(9) == [[0], nil, []])
        #expect(try row.jsonb(10) == "{\"a\": 1}")
    }

    @Test func `have a type also where they are NULL`() throws {
        #expect(try PostgresValue.text(nil) == PostgresValue(type: 25, bytes: nil))
        #expect(PostgresValue.floats(nil) == PostgresValue(type: 1021, bytes: nil))
        #expect(try row(.integer(nil)).integer(0) == nil)
        #expect(try row(.texts([])).texts(0) == [])
    }

    @Test func `are big-endian words`() throws {
        #expect(PostgresValue.integer(258).bytes == [0, 0, 0, 0, 0, 0, 1, 2])
        #expect(
            PostgresValue.floats([1]).bytes == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 188, 0, 0, 0, 1, 0, 0, 0, 1] + [
                0, 0, 0, 4, 63, 128, 0, 0,
            ]
        )
    }

    @Test func `of vectors are read`() throws {
        let row = PostgresRow([
            [0, 2, 0, 0, 63, 128, 0, 0, 191, 0, 0, 0],
            [0, 2, 0, 0, 0x3C, 0, 0xB8, 0],
            [0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8, 63, 0, 0, 0],
        ])
        #expect(try row.vector(0) == [1, -0.5])
        #expect(try row.halfvec(1) == [1, -0.5])
        let sparse = try #require(try row.sparsevec(2))
        #expect(sparse.dimension == 9 && sparse.indices == [8] && sparse.values == [0.5])
    }

    @Test func `with NUL are refused before they are sent`() {
        #expect(throws: RecError.self) { try PostgresValue.text("a\0b") }
        #expect(throws: RecError.self) { try PostgresValue.texts(["a", "\0"]) }
    }

    @Test(
        arguments: [
            [], [0], [0, 0, 1], [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 25],
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 127, 255, 255, 255, 0, 0, 0, 1],
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 255, 255, 255, 0],
            [255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ] as [[UInt8]]
    )
    func `of another form are an error`(_ bytes: [UInt8]) {
        let row = PostgresRow([bytes])
        #expect(throws: RecError.self) { try row.texts(0) }
        #expect(throws: RecError.self) { try row.double(0) }
        #expect(throws: RecError.self) { try row.vector(0) }
        #expect(throws: RecError.self) { try row.sparsevec(0) }
        #expect(throws: RecError.self) { try row.numeric(0) }
        #expect(throws: RecError.self) { try row.text(1) }
    }
}
