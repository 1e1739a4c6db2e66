import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `A CSV catalogue of any bytes` {
    private static let alphabet: [UInt8] = Array("\",\n\r;\t 1ax.0\u{0}".utf8) + [0xFF, 0xC3, 0xA9]

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `never crashes, and accounts for every row`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let count = Int.random(in: 0...200, using: &generator)
            let noise = (0..<count).map { _ in
                seed % 2 == 0
                    ? UInt8.random(in: 0...255, using: &generator) : Self.alphabet.randomElement(using: &generator)!
            }
            var format = CSVFormat()
            format.maximumFieldSize = Int.random(in: 18...64, using: &generator)
            format.maximumFieldCount = 8
            let bytes = Array("id,a,productDisplayName\n".utf8) + noise
            let catalogue = try CSVCatalogue(bytes: bytes, name: "noise", format: format).read()
            let report = catalogue.report
            #expect(report.rowCount == catalogue.products.count + report.skipped.count)
            #expect(report.productCount == catalogue.products.count)
            #expect(Set(catalogue.products.map(\.id)).count == catalogue.products.count)
            #expect(!catalogue.products.contains { $0.id.rawValue.isEmpty })
            let lineCount = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
            let lines = (report.skipped.listed + report.repaired.listed).compactMap(\.line)
            #expect(lines.allSatisfy { 1...lineCount ~= $0 })
            // Without quotes each line is a row or blank; CRLF ends one line and not two.
            guard !noise.contains(0x22) else { continue }
            let ends = noise.indices.count {
                noise[$0] == 0x0A || noise[$0] == 0x0D && !(noise[$0...].dropFirst().first == 0x0A)
            }
            let last = noise.last.map { $0 != 0x0A && $0 != 0x0D } ?? false
            #expect(report.rowCount + report.blankLineCount == ends + (last ? 1 : 0))
        }
        #expect(throws: RecError.self) { try CSVCatalogue(bytes: [UInt8(seed)], name: "byte").read() }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `what is written by the rules is read back exactly`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["a", "\"", ",", "\n", "\r\n", "é", "1.0", " x", "👟"]
        let products = (0..<30).map { index in
            var attributes: [String: AttributeValues] = [:]
            for name in ["one", "two", "three"] {
                let middle = (0..<Int.random(in: 0...6, using: &generator))
                    .map { _ in pieces.randomElement(using: &generator)! }.joined()
                attributes[name] = AttributeValues(["<\(middle)>"])
            }
            return Product(id: ProductID("id \(index)"), attributes: attributes)
        }
        let rows = products.map { product in
            [product.id.rawValue, product["one"].first!, product["two"].first!, product["three"].first!]
                .map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
        }
        let catalogue = try read("id,one,two,three\n" + rows.joined(separator: "\n"))
        #expect(catalogue.products == products)
        #expect(catalogue.report.repaired.isEmpty)
    }

    @Test func `many stray quotes take linear time`() throws {
        // Each of 100,000 rows opens a quote; scanning to the end of the file for each would take hours.
        let rows = (0..<100_000).map { "\($0),\"x\"\"" }.joined(separator: "\n")
        let catalogue = try read("id,a\n" + rows)
        #expect(catalogue.report.rowCount == catalogue.products.count)
        #expect(catalogue.products.count == 100_000)
    }
}
