#if Postgres
import RecPostgres
import Testing

/// Values as the server itself writes and reads them.
@Suite struct `Values on a server` {
    private static let database = PostgresDatabase()

    @Test(arguments: [
        "0", "1", "-1.5", "12345678901234567890.000120", "0.00001", "10000", "-100000000", "1e20", "NaN", "Infinity",
        "-Infinity", "99999999.9999",
    ])
    func `of numeric are read as the server writes them`(_ text: String) async throws {
        let row = try await Self.database.pool().rows(
            "select $1::text::numeric, $1::text::numeric::text",
            try .text(text)
        )[0]
        #expect(try row.numeric(0) == row.text(1))
    }

    @Test func `of pgvector are read`() async throws {
        let row = try await Self.database.pool().rows(
            """
            select '[1,-2.5,3e-3]'::vector, '[1,-2.5,65504,6e-8]'::halfvec, '{2:0.5,7:-1}/9'::sparsevec, '{}/4'::sparsevec,
                $1::vector, $1::halfvec
            """,
            .floats([0.5, -0.25])
        )[0]
        #expect(try row.vector(0) == [1, -2.5, 0.003])
        #expect(try row.halfvec(1) == [1, -2.5, 65504, 0x1p-24])
        let sparse = try #require(try row.sparsevec(2))
        #expect(sparse.dimension == 9 && sparse.indices == [1, 6] && sparse.values == [0.5, -1])
        #expect(try row.sparsevec(3)?.indices == [])
        #expect(try row.vector(4) == [0.5, -0.25])
        #expect(try row.halfvec(5) == [0.5, -0.25])
    }

    @Test func `of all other types come back as they were`() async throws {
        let texts = ["a", nil, "it's", "{,}", "\\", "😀"]
        let row = try await Self.database.pool().rows(
            "select $1 || '{}'::text[], $2 || '{}'::int8[], $3 || '{}'::float8[], $4, $5, $6, $7, $8 || '{}'::bytea[], 1::int2, 2::int4, 1.5::float4",
            try .texts(texts),
            .integers([1, nil, .min]),
            .doubles([0.1, nil, -.infinity]),
            .bool(true),
            .bytes([0, 1, 255]),
            try .jsonb("{\"a\": [1, \"x\"]}"),
            .double(0.1),
            .bytesArray([[0], nil])
        )[0]
        #expect(try row.texts(0) == texts)
        #expect(try row.integers(1) == [1, nil, .min])
        #expect(try row.doubles(2) == [0.1, nil, -.infinity])
        #expect(try row.bool(3) == true)
        #expect(try row.bytes(4) == [0, 1, 255])
        #expect(try row.jsonb(5) == "{\"a\": [1, \"x\"]}")
        #expect(try row.double(6) == 0.1)
        #expect(try row.bytesArray(7) == [[0], nil])
        #expect(try row.integer(8) == 1)
        #expect(try row.integer(9) == 2)
        #expect(try row.double(10) == 1.5)
    }

    @Test func `are told apart where they are NULL`() async throws {
        let row = try await Self.database.pool().rows(
            "select $1, $2, array[null, 'a']::text[]",
            try .text(nil),
            .floats(nil)
        )[0]
        #expect(try row.text(0) == nil)
        #expect(try row.texts(1) == nil)
        #expect(try row.texts(2) == [nil, "a"])
    }
}
#endif
