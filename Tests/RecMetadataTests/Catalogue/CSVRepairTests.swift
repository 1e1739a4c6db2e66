import Foundation
import RecCore
import RecMetadata
import Testing

@Suite struct `Repairing a CSV catalogue` {
    @Test func `fields too many are joined into the text column when it is the last`() throws {
        let catalogue = try read(
            """
            id,gender,productDisplayName
            1,Men,Perfume, After Shave  and Gel
            2,Men,a,b,,c,,
            3,Men,fine
            """
        )
        #expect(catalogue.products.map(\.title) == ["Perfume, After Shave  and Gel", "a,b,,c", "fine"])
        #expect(catalogue.report.repaired.places == ["2 joined-fields", "3 joined-fields"])
        #expect(catalogue.report.repaired.listed.first?.product == "1")
    }

    @Test(arguments: ["id,productDisplayName,gender", "id,gender,colour"])
    func `fields too many elsewhere cannot be joined, so the row is skipped`(header: String) throws {
        let catalogue = try read("\(header)\n1,a,b,c\n2,d,e\n")
        #expect(catalogue.products.map(\.id) == ["2"])
        #expect(catalogue.report.skipped.places == ["2 long-row"])
        #expect(catalogue.report.rowCount == 2)
    }

    @Test func `blank fields too many are dropped`() throws {
        let catalogue = try read("id,gender\n1,Men,,\n2,Women, \n3,Men\n")
        #expect(catalogue.products.map(\.["gender"]) == ["Men", "Women", "Men"])
        #expect(catalogue.report.repaired.places == ["2 dropped-blank-fields", "3 dropped-blank-fields"])
    }

    @Test(arguments: ["id,gender,productDisplayName,,", "id,gender,productDisplayName,Unnamed: 3,Unnamed: 4"])
    func `nameless columns at the end take the text that was cut at commas`(header: String) throws {
        let catalogue = try read("\(header)\n1,Men,Perfume,,\n2,Men,Perfume, Gel,\n")
        #expect(catalogue.products.map(\.title) == ["Perfume", "Perfume, Gel"])
        #expect(catalogue.report.repaired.places == ["3 joined-fields"])
        #expect(catalogue.products.allSatisfy { $0.attributes == ["gender": "Men"] })
    }

    @Test func `nameless and repeated columns are noticed and not used`() throws {
        let catalogue = try read(",id,gender,gender\n0,1,Men,Women\n")
        #expect(catalogue.products == [Product(id: "1", attributes: ["gender": "Men"])])
        #expect(catalogue.report.notices.places == ["1 unnamed-column", "1 duplicate-column"])
    }

    @Test func `a short row lacks its last values, and one of a single field is skipped`() throws {
        let catalogue = try read("id,gender,season\n1,Men\n2\n3,Women,Fall\n")
        #expect(
            catalogue.products == [
                Product(id: "1", attributes: ["gender": "Men"]),
                Product(id: "3", attributes: ["gender": "Women", "season": "Fall"]),
            ]
        )
        #expect(catalogue.report.repaired.places == ["2 short-row"])
        #expect(catalogue.report.skipped.places == ["3 truncated-row"])
    }

    @Test func `of equal identifiers the first counts, and a row needs one`() throws {
        let catalogue = try read("id,gender\n1,Men\n2,Men\n 1 ,Women\n,Men\nNA,Men\n1.0,Boys\n,\n")
        #expect(catalogue.products.map(\.id) == ["1", "2"])
        #expect(catalogue.products.first?["gender"] == "Men")
        #expect(
            catalogue.report.skipped.places == [
                "4 duplicate-id", "5 missing-id", "6 missing-id", "7 duplicate-id", "8 missing-id",
            ]
        )
        #expect(catalogue.report.skipped.listed[0].message.contains("line 2"))
    }

    @Test func `whole numbers lose the decimals that pandas gave them`() throws {
        let catalogue = try read("id,year,size\n15970.0,2011.0,7.0\n1.50,2011.5,x\n.0,1.,y\n")
        #expect(catalogue.products.map(\.id) == ["15970", "1.50", ".0"])
        #expect(catalogue.products.map(\.["year"]) == ["2011", "2011.5", "1."])
        #expect(catalogue.products.first?["size"] == "7.0")
        #expect(catalogue.report.repaired.places == ["2 decimal-integer", "2 decimal-integer"])
    }

    @Test func `damaged UTF-8 and NUL bytes are mended and reported by line`() throws {
        let bytes =
            Array("id,colour\n1,Bl".utf8) + [0xFF] + Array("ue\n2,Gr".utf8) + [0xE2, 0x82] + Array("n\n3,R".utf8) + [0]
            + Array("ed\n4,Grün\n".utf8)
        let catalogue = try CSVCatalogue(bytes: bytes, name: "test.csv").read()
        #expect(catalogue.products.map(\.["colour"]) == ["Bl\u{FFFD}ue", "Gr\u{FFFD}n", "Red", "Grün"])
        #expect(catalogue.report.repaired.places == ["2 invalid-utf8", "3 invalid-utf8", "4 nul-bytes"])
    }

    @Test func `blanks after a closing quote are blanks`() throws {
        let catalogue = try read("id,a,b\n1,\"x\ny\" ,z\n2,\"x\"\t \n")
        #expect(catalogue.products.map(\.["a"]) == ["x\ny", "x"])
        #expect(catalogue.report.repaired.places == ["4 short-row"])
    }

    @Test func `a rejected row gives one complaint, however long it is`() throws {
        var format = CSVFormat()
        format.maximumFieldCount = 2
        let catalogue = try read("id,a\n1" + String(repeating: ",\"x\"y", count: 1000), format: format)
        #expect(catalogue.report.skipped.places == ["2 oversized-row"])
        #expect(catalogue.report.repaired.isEmpty)
    }

    @Test func `text after a closing quote is kept`() throws {
        let catalogue = try read("id,a,b\n1,\"x\"y,z\n")
        #expect(catalogue.products == [Product(id: "1", attributes: ["a": "xy", "b": "z"])])
        #expect(catalogue.report.repaired.places == ["2 text-after-quote"])
    }

    @Test(arguments: [
        // The quote is never closed.
        "3,c\n4,d\n",
        // The next quote opens a field of its own.
        "3,\"c\"\n4,d\n",
        "3,\"\"\n4,\"d\"\n",
        // The next quote is the next stray one.
        "3,c\n4,\"d\n",
    ])
    func `a quote that never closes swallows no other row`(rest: String) throws {
        let catalogue = try read("id,a\n1,a\n2,\"b\n" + rest)
        #expect(catalogue.products.map(\.id) == ["1", "2", "3", "4"])
        #expect(catalogue.products[1]["a"] == "\"b")
        #expect(catalogue.report.repaired.places.first == "3 unclosed-quote")
    }

    @Test func `a field beyond the limit costs its row only`() throws {
        var format = CSVFormat()
        format.maximumFieldSize = 8
        format.maximumFieldCount = 3
        let catalogue = try read(
            "id,a\n1,123456789\n2,12345678\n3,\"1\n2\n\n\n\n\n\n\"\n4,a,,,,,\n5,b\n",
            format: format
        )
        #expect(catalogue.report.skipped.places.first == "2 oversized-row")
        #expect(catalogue.report.skipped.places.contains("12 oversized-row"))
        #expect(catalogue.products.map(\.id).contains("2"))
        #expect(catalogue.products.last?.id == "5")
        #expect(catalogue.report.rowCount == catalogue.report.productCount + catalogue.report.skipped.count)
    }

    @Test func `a long list of issues is cut and its counts stay exact`() throws {
        var format = CSVFormat()
        format.issueListLimit = 2
        let catalogue = try read("id,a\n" + String(repeating: ",x\n", count: 5) + "1,\n1,\n", format: format)
        #expect(catalogue.report.skipped.listed.count == 2)
        #expect(catalogue.report.skipped.countByKind == [.missingID: 5, .duplicateID: 1])
        #expect(
            catalogue.report.description == """
                test.csv: 7 rows, 1 products
                  skipped: 6 (5 missing-id, 1 duplicate-id)
                    line 2: the row has no identifier
                    line 3: the row has no identifier
                    and 4 more
                """
        )
    }

    @Test func `a report can be kept as JSON`() throws {
        let report = try read("id,a\n1,x,\n,y\n").report
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(CatalogueReport.self, from: data) == report)
        #expect(String(decoding: data, as: UTF8.self).contains(#""countByKind":{"missing-id":1}"#))
    }
}
