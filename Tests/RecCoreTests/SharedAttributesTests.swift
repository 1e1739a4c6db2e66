import RecCore
import RecTesting
import Testing

/// Products whose attributes are rows of a block, against the same products with dictionaries of their own.
@Suite struct `Products that share a block of attributes` {
    private static let names = ["one", "two", "three"]

    /// Products in both forms, drawn at random.
    private static func products(count: Int, seed: UInt64) -> [(shared: Product, own: Product)] {
        var random = SeededGenerator(seed: seed)
        var builder = AttributeBlock.Builder(columnCount: names.count)
        var attributes: [[String: AttributeValues]] = []
        for _ in 0..<count {
            var row: [String: AttributeValues] = [:]
            for (column, name) in names.enumerated() {
                let values = (0..<Int.random(in: 0...3, using: &random)).map {
                    "value \($0) of many \(Int.random(in: 0...9, using: &random))"
                }
                guard !values.isEmpty else { continue }
                row[name] = AttributeValues(values)
                let code =
                    values.count == 1
                    ? builder.code(for: values[0], column: column) : builder.code(forList: values, column: column)
                builder.set(code, column: column)
            }
            builder.endRow()
            attributes.append(row)
        }
        let block = builder.block(names: names)
        return attributes.enumerated().map { row, attributes in
            let id = ProductID("\(row)")
            return (
                Product(id: id, row: row, of: block, title: nil, pictures: []), Product(id: id, attributes: attributes)
            )
        }
    }

    @Test(arguments: [1, 50, AttributeBlock.maximumRowCount])
    func `are the same products`(count: Int) {
        for (shared, own) in Self.products(count: count, seed: UInt64(count)) {
            #expect(shared == own)
            #expect(shared.hashValue == own.hashValue)
            #expect(shared.attributes == own.attributes)
            #expect(Set(shared.attributeNames) == Set(own.attributes.keys))
            for name in Self.names + ["none"] {
                #expect(shared[name] == own[name])
                #expect(Array(shared.values(of: name)) == own[name].values)
            }
        }
    }

    @Test func `can be changed without a change to the others`() {
        let products = Self.products(count: 20, seed: 5)
        var changed = products[3].shared
        changed.attributes["one"] = "changed"
        changed.attributes["two"] = nil
        var expected = products[3].own
        expected.attributes["one"] = "changed"
        expected.attributes["two"] = nil
        #expect(changed == expected)
        #expect(changed != products[3].shared)
        #expect(products.allSatisfy { $0.shared == $0.own })
    }

    @Test func `of many columns are found by name`() {
        let names = (0..<100).map { "column \($0)" }
        var builder = AttributeBlock.Builder(columnCount: 0)
        for name in names {
            builder.addColumn()
            builder.set(builder.code(for: name, column: builder.columnCount - 1), column: builder.columnCount - 1)
        }
        builder.endRow()
        let product = Product(id: "a", row: 0, of: builder.block(names: names), title: nil, pictures: [])
        #expect(names.allSatisfy { product[$0].first == $0 })
        #expect(product["column 100"].isEmpty)
    }

    @Test func `lose what a row was given when it is taken back`() {
        var builder = AttributeBlock.Builder(columnCount: 1)
        builder.set(builder.code(for: "x", column: 0), column: 0)
        builder.discardRow()
        builder.endRow()
        let product = Product(id: "a", row: 0, of: builder.block(names: ["a"]), title: nil, pictures: [])
        #expect(product.attributes.isEmpty)
    }
}
