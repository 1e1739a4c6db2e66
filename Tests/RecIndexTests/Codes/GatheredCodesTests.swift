import RecFiles
import RecIndex
import RecTesting
import Testing

/// Codes in directions that were found for other rows.
@Suite struct `Gathered codes` {
    /// Rows like those of the model, and rows that have nothing to do with them, whose numbers exceed its steps.
    @Test(arguments: [1 as UInt64, 77])
    func `no bound is below the inner product, of rows that are encoded and of rows that are copied`(
        seed: UInt64
    ) throws {
        let model = try CodeCase.all[0].build()
        let rows = CodeCase.clustered(1100, dimension: 256, clusters: 9, width: 0.4, seed: seed)
        let isPresent = NumberArray(rows.indices.map { $0 % 50 == 3 ? 0 : 1 as UInt8 })
        // Every other row has codes when the second half comes.
        let first = rows.indices.filter { $0 % 2 == 0 }
        let half = try #require(
            gathered(first.map { rows[$0] }, NumberArray(first.map { isPresent[$0] }), from: nil, like: model)
        )
        let places = rows.indices.map { FloatRows.Place(source: $0 % 2, row: $0 / 2) }
        let codes = try #require(
            ProductCodes.gathered(
                matrix(rows),
                isPresent: isPresent,
                places: places,
                sources: [half, nil],
                like: model
            )
        )
        let whole = try #require(gathered(rows, isPresent, from: nil, like: model))
        #expect(codes.head.array(0..<codes.head.count) == whole.head.array(0..<whole.head.count))
        #expect(codes.middle.array(0..<codes.middle.count) == whole.middle.array(0..<whole.middle.count))
        #expect(codes.errors.array(0..<codes.chunks) == whole.errors.array(0..<whole.chunks))
        let held = codes.rows.array(0..<codes.slots).filter { $0 != ProductCodes.noRow }
        #expect(held == rows.indices.filter { isPresent[$0] == 1 }.map { UInt32($0) })
        #expect(codes.lists == 2)

        for query in stride(from: 0, to: rows.count, by: 260).map({ rows[$0] }) {
            let bounds = CodeBounds(codes, query: query)
            for list in 0..<codes.lists {
                for slot in Int(codes.starts[list]) * 16..<Int(codes.starts[list + 1]) * 16 {
                    let row = Int(codes.rows[slot])
                    #expect((codes.used[slot / 16] >> UInt16(slot % 16) & 1 == 1) == (row < rows.count))
                    guard row < rows.count else { continue }
                    let product = zip(query, rows[row]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    let found = bounds.bounds(slot: slot)
                    #expect(found.allSatisfy { $0 >= product - 1e-7 })
                    #expect(bounds.bound(list: list) >= product - 1e-7)
                    // A bound that says something: rows are not all of them equally good.
                    #expect((found.last ?? 9) <= product + 1.5)
                }
            }
        }
    }

    private func matrix(_ rows: [[Float]]) -> FloatRows {
        FloatRows(rows.flatMap { $0 }, rowCount: rows.count, dimension: 256)
    }

    private func gathered(
        _ rows: [[Float]],
        _ isPresent: NumberArray<UInt8>,
        from source: ProductCodes?,
        like model: ProductCodes
    ) -> ProductCodes? {
        ProductCodes.gathered(
            matrix(rows),
            isPresent: isPresent,
            places: rows.indices.map { FloatRows.Place(source: 0, row: $0) },
            sources: [source],
            like: model
        )
    }
}
