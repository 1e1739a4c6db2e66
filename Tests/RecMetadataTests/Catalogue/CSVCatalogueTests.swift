import RecCore
import RecMetadata
import Testing

@Suite struct `Reading a CSV catalogue` {
    @Test func `columns become attributes, the identifier and the title apart`() throws {
        let catalogue = try read(
            """
            id,gender,baseColour,productDisplayName
            15970,Men,Navy Blue,Check Shirt
            sku-é/1,Women,Red,Dress
            """
        )
        #expect(
            catalogue.products == [
                Product(id: "15970", attributes: ["gender": "Men", "baseColour": "Navy Blue"], title: "Check Shirt"),
                Product(id: "sku-é/1", attributes: ["gender": "Women", "baseColour": "Red"], title: "Dress"),
            ]
        )
        #expect(catalogue.report.rowCount == 2)
        #expect(catalogue.report.productCount == 2)
        #expect(catalogue.report.repaired.isEmpty)
        #expect(catalogue.report.skipped.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
    func `line ends, a final line end and a byte order mark do not matter`(lineEnd: String, mark: String) throws {
        let rows = ["id,colour", "1,Red", "", "2,\"two\nlines\"", "3,Blue"]
        let text = mark + rows.joined(separator: lineEnd)
        for ending in ["", lineEnd, lineEnd + lineEnd] {
            let catalogue = try read(text + ending)
            #expect(catalogue.products.map(\.id) == ["1", "2", "3"])
            #expect(catalogue.products.map(\.["colour"]) == ["Red", "two\nlines", "Blue"])
            #expect(catalogue.report.repaired.isEmpty)
        }
    }

    @Test func `mixed line ends are counted as lines`() throws {
        let catalogue = try read("id,a\r\n1,x\r2,y\n\r\n3\n\"4\",\"a\r\nb\rc\nd\"\n5\n")
        #expect(catalogue.products.map(\.id) == ["1", "2", "4"])
        #expect(catalogue.products.last?["a"] == "a\r\nb\rc\nd")
        #expect(catalogue.report.skipped.places == ["5 truncated-row", "10 truncated-row"])
        #expect(catalogue.report.blankLineCount == 1)
    }

    @Test(arguments: [
        (#""a,b""#, "a,b"), (#""3.5"" wide""#, #"3.5" wide"#), ("\"\"", nil), (#"3.5" wide"#, #"3.5" wide"#),
        (#""""quoted""""#, #""quoted""#), (#"  padded  "#, "padded"), (#""  padded  ""#, "padded"),
        ("\u{A0}é\u{3000}", "é"), ("   ", nil), (#"a""b"#, #"a""b"#),
    ])
    func `quotes and blanks around a value are not part of it`(field: String, value: String?) throws {
        let catalogue = try read("id,value,other\n1,\(field),x\n")
        #expect(catalogue.products.first?["value"].first == value)
        #expect(catalogue.products.first?["other"] == "x")
        #expect(catalogue.report.repaired.isEmpty)
    }

    @Test(arguments: ["", "NA", "NaN", "nan", "null", "None", "N/A", " NA ", "\"NA\""])
    func `what pandas calls missing is missing`(field: String) throws {
        let catalogue = try read("id,season,productDisplayName\n1,\(field),\(field)\n")
        #expect(catalogue.products == [Product(id: "1")])
        #expect(catalogue.report.repaired.isEmpty)
    }

    @Test func `the words for missing can be chosen`() throws {
        var format = CSVFormat()
        format.missingMarkers = ["-"]
        let catalogue = try read("id,a,b,c\n1,NA,-,\n", format: format)
        #expect(catalogue.products == [Product(id: "1", attributes: ["a": "NA"])])
    }

    @Test func `columns may come in any order, be absent and be more than usual`() throws {
        let catalogue = try read("price,productDisplayName,ID,gender\n9.50,Shirt,7,Men\n")
        #expect(
            catalogue.products == [Product(id: "7", attributes: ["price": "9.50", "gender": "Men"], title: "Shirt")]
        )
        #expect(try read("id\n7\n8\n").products == [Product(id: "7"), Product(id: "8")])
    }

    @Test(arguments: [(";", "\t"), ("\t", ";")])
    func `semicolons and tabs are recognised`(delimiter: String, other: String) throws {
        let catalogue = try read("a\(delimiter)id\nx,y\(other)z\(delimiter)1\n")
        #expect(catalogue.products == [Product(id: "1", attributes: ["a": .init(["x,y\(other)z"])])])
    }

    @Test func `cells may hold several values`() throws {
        var format = CSVFormat()
        format.valueSeparators = ["fabric": "|"]
        let catalogue = try read("id,fabric,other\n1,Cotton| Linen |NA||Cotton,a|b\n", format: format)
        #expect(catalogue.products == [Product(id: "1", attributes: ["fabric": ["Cotton", "Linen"], "other": "a|b"])])
    }

    @Test func `another layout plugs in through the protocol`() async throws {
        struct Warehouse: CatalogueReader {
            func read() -> Catalogue {
                Catalogue(products: [Product(id: "a", attributes: ["volume": "3 l"])], source: "warehouse")
            }
        }
        let readers: [any CatalogueReader] = [
            Warehouse(), CSVCatalogue(bytes: Array("id,volume\na,3 l\n".utf8), name: "test.csv"),
        ]
        var catalogues: [Catalogue] = []
        for reader in readers { catalogues.append(try await reader.read()) }
        #expect(catalogues[0].products == catalogues[1].products)
        #expect(catalogues[0].report.description == "warehouse: 1 rows, 1 products")
    }
}
