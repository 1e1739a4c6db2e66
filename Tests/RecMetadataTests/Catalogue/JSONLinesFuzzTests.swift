import Foundation
import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `A catalogue in JSON Lines of any bytes` {
    private static let alphabet: [UInt8] = Array("{}[]\":,\\u0019aefntrl. \n\r-+".utf8) + [0xFF, 0xC3, 0xA9]

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `never crashes, and accounts for every line`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let noise = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                seed % 2 == 0 ? UInt8.random(in: 0...255, using: &random) : Self.alphabet.randomElement(using: &random)!
            }
            var bytes = Array("{\"id\": \"first\"}\n{\"id\": 1, \"a\": [\"x\", {\"b\": 1}]}\n".utf8)
            let place = Int.random(in: 16...bytes.count, using: &random)
            bytes.insert(contentsOf: noise, at: place)
            let catalogue = try JSONLinesCatalogue(bytes: bytes, name: "noise").read()
            #expect(catalogue.report.rowCount == catalogue.products.count + catalogue.report.skipped.count)
            #expect(Set(catalogue.products.map(\.id)).count == catalogue.products.count)
            #expect(catalogue.products.first?.id == "first")
        }
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func `what Foundation writes is read back exactly`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = ["a", "\"", "\\", "\n", "\u{1F45F}", "\u{E9}", "e\u{301}", "/", "\u{7}", "{", "]"]
        let names = (0..<40).map { "field \($0) \(pieces[$0 % pieces.count])" }
        let products = (0..<1500).map { index in
            var attributes: [String: AttributeValues] = [:]
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                let values = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    let middle = (0..<Int.random(in: 0...4, using: &random))
                        .map { _ in pieces.randomElement(using: &random)! }.joined()
                    return "<\(middle)>"
                }
                attributes[names.randomElement(using: &random)!] = AttributeValues(values)
            }
            return Product(id: ProductID("id \(index)"), attributes: attributes, title: "title \(index % 7)")
        }
        let lines = try products.map { product in
            var object: [String: Any] = ["id": product.id.rawValue, "title": product.title ?? ""]
            for (name, values) in product.attributes {
                object[name] = values.values.count == 1 ? values.values[0] : values.values as Any
            }
            return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
        }
        let text = lines.joined(separator: "\n")
        let catalogue = try JSONLinesCatalogue(bytes: Array(text.utf8), name: "test").read()
        #expect(catalogue.products == products)
        #expect(catalogue.report.repaired.isEmpty)
    }

    @Test func `with ever new names takes memory in proportion`() throws {
        // 15,000 names that no other object has, close to the limit; dense columns would take gigabytes.
        let lines = (0..<3000).map { row in
            "{\"id\": \(row), " + (0..<5).map { "\"n\(row)_\($0)\": \"v\"" }.joined(separator: ", ") + "}"
        }
        let catalogue = try JSONLinesCatalogue(bytes: Array(lines.joined(separator: "\n").utf8), name: "test").read()
        #expect(catalogue.products.count == 3000)
        #expect(catalogue.products[2999].attributes.count == 5)
        #expect(catalogue.products[1500]["n1500_4"] == "v")
    }
}
