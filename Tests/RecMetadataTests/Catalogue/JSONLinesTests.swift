import Foundation
import RecCore
import RecMetadata
import Testing

/// Reads a table in JSON Lines that is written out in a test.
private func readLines(_ text: String, format: JSONLinesFormat = JSONLinesFormat()) throws -> Catalogue {
    try JSONLinesCatalogue(bytes: Array(text.utf8), name: "test.jsonl", format: format).read()
}

@Suite struct `Reading a catalogue in JSON Lines` {
    @Test func `fields become attributes, the identifier, the title and the picture apart`() throws {
        let catalogue = try readLines(
            """
            {"id": 15970, "gender": "Men", "fabric": ["Cotton", "Linen"], "price": 19.90, "title": "Check Shirt"}
            {"gender": "Women", "id": "sku-\u{E9}/1", "productDisplayName": "Dress", "sale": true, "new": false, "size": null}
            """
        )
        #expect(
            catalogue.products == [
                Product(
                    id: "15970",
                    attributes: ["gender": "Men", "fabric": ["Cotton", "Linen"], "price": "19.90"],
                    title: "Check Shirt"
                ),
                Product(
                    id: "sku-\u{E9}/1",
                    attributes: ["gender": "Women", "sale": "true", "new": "false"],
                    title: "Dress"
                ),
            ]
        )
        #expect(catalogue.report.rowCount == 2)
        #expect(catalogue.report.productCount == 2)
        #expect(catalogue.report.repaired.isEmpty)
        #expect(catalogue.report.notices.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
    func `line ends, blank lines, blanks and a byte order mark do not matter`(lineEnd: String, mark: String) throws {
        let rows = [#"{"id":1}"#, "", #" { "id" : "2" , "a" : [ 1 , "x" ] } "#, "\t", #"{"id":3}"#]
        for ending in ["", lineEnd] {
            let catalogue = try readLines(mark + rows.joined(separator: lineEnd) + ending)
            #expect(catalogue.products.map(\.id) == ["1", "2", "3"])
            #expect(catalogue.products[1]["a"] == ["1", "x"])
            #expect(catalogue.report.blankLineCount == 2)
            #expect(catalogue.report.skipped.isEmpty)
        }
    }

    @Test(arguments: [
        ("19.90", "19.90"), ("2011", "2011"), ("2011.0", "2011"), ("-3.0", "-3"), ("1e3", "1e3"),
        ("-0.5E-2", "-0.5E-2"),
        ("123456789012345678901234567890", "123456789012345678901234567890"), ("0", "0"), ("0.0", "0"),
    ])
    func `numbers keep their digits, but for decimals of zeros`(json: String, value: String) throws {
        let catalogue = try readLines(#"{"id": 1, "a": \#(json), "b": [\#(json), 1]}"#)
        #expect(catalogue.products[0]["a"].values == [value])
        #expect(catalogue.products[0]["b"].first == value)
    }

    @Test(arguments: [
        (#""\u00e9\n\t\"\\\/\b\f\r x""#, "\u{E9}\n\t\"\\/\u{8}\u{C}\r x"), (#""\ud83d\udc5f""#, "\u{1F45F}"),
        (#"" Navy ""#, "Navy"), (#""1""#, "1"), (#""NA""#, "NA"), (#""""#, nil), (#""  ""#, nil), ("null", nil),
        ("[]", nil), ("[null]", nil),
    ])
    func `strings are text, without blanks around it`(json: String, value: String?) throws {
        let catalogue = try readLines(#"{"id": 1, "a": \#(json), "b": "x"}"#)
        #expect(catalogue.products[0]["a"].first == value)
        #expect(catalogue.products[0]["b"] == "x")
        #expect(catalogue.report.repaired.isEmpty)
    }

    @Test(arguments: [#""\ud83d""#, #""\udc5f""#, #""\ud83d\u0041""#, #""\ud83dx""#])
    func `half a surrogate pair is replaced and reported`(json: String) throws {
        let catalogue = try readLines("{\"id\": 0}\n{\"id\": 1, \"a\": \(json)}")
        #expect(catalogue.products[1]["a"].first?.hasPrefix("\u{FFFD}") == true)
        #expect(catalogue.report.repaired.places == ["2 invalid-utf8"])
    }

    @Test func `damaged UTF-8 and NUL are mended and reported`() throws {
        let bytes =
            Array("{\"id\": 1, \"a\": \"Gr\u{FC}n\"}\n{\"id\": 2, \"a\": \"Gr".utf8) + [0xFC]
            + Array("n\"}\n{\"id\": 3, \"a\": \"R\\u0000ed\"}".utf8)
        let catalogue = try JSONLinesCatalogue(bytes: bytes, name: "test.jsonl").read()
        #expect(catalogue.products.map { $0["a"].first } == ["Gr\u{FC}n", "Gr\u{FFFD}n", "Red"])
        #expect(catalogue.report.repaired.places == ["2 invalid-utf8", "3 nul-bytes"])
    }

    @Test func `objects within an object are not used and reported, as are arrays within arrays`() throws {
        let catalogue = try readLines(
            #"{"id": 1, "a": {"b": [1, {}]}, "c": ["x", ["y"], {"z": 1}, "w"], "title": ["no"], "d": "v"}"#
        )
        #expect(catalogue.products == [Product(id: "1", attributes: ["c": ["x", "w"], "d": "v"])])
        #expect(catalogue.report.repaired.places == ["1 nested-value", "1 nested-value", "1 nested-value"])
    }

    @Test func `of a name that an object has twice the first counts`() throws {
        let catalogue = try readLines(#"{"id": 1, "id": 2, "a": "x", "\u0061": "y"}"#)
        #expect(catalogue.products == [Product(id: "1", attributes: ["a": "x"])])
        #expect(catalogue.report.repaired.places == ["1 duplicate-field", "1 duplicate-field"])
    }

    @Test func `of equal identifiers the first counts, and an object needs one`() throws {
        let catalogue = try readLines(
            """
            {"id": 1, "a": "x"}
            {"id": "1", "a": "y"}
            {"a": "z"}
            {"id": null}
            {"id": ""}
            {"id": [1]}
            {"id": 2, "a": "w"}
            {}
            """
        )
        #expect(
            catalogue.products == [Product(id: "1", attributes: ["a": "x"]), Product(id: "2", attributes: ["a": "w"])]
        )
        #expect(
            catalogue.report.skipped.places == [
                "2 duplicate-id", "3 missing-id", "4 missing-id", "5 missing-id", "6 missing-id", "8 missing-id",
            ]
        )
    }

    @Test(arguments: [
        "{", "{\"id\"}", "{\"id\": }", "{\"id\": 2,}", "{\"id\": 2} x", "{\"id\": 2}{}", "{'id': 2}", "{\"id\": 02}",
        "{\"id\": +2}", "{\"id\": .5}", "{\"id\": 2.}", "{\"id\": NaN}", "{\"id\": tru}", "{\"id\": \"2}",
        "{\"id\": \"\\x\"}",
        "{\"id\": \"\\u12g4\"}", "{\"id\": \"a\tb\"}", "[1]", "2", "\"x\"", "null", "{\"id\": [1, ]}",
        "{\"id\": [1 2]}",
        "{\"id\": {\"a\" 1}}", "{\"id\": {\"a\": 1,}}", "{\"id\": [}", "{\"id\": ]", "{\"id\": 2", "{\"id\": [[[[]]]}",
        "{2: 3}",
    ])
    func `a line that is no object is skipped with its reason`(line: String) throws {
        let catalogue = try readLines("{\"id\": 1}\n\(line)\n{\"id\": 3, \"a\": \"x\"}\n")
        #expect(catalogue.products.map(\.id) == ["1", "3"])
        #expect(catalogue.report.skipped.places == ["2 invalid-json"])
    }

    @Test(
        arguments: [
            (#"{"name": "Shirt", "SKU": 7, "_id": "a", "paid": 3}"#, "it has 'SKU', '_id', 'paid': set"),
            (#"{"Id": 7, "name": "Shirt"}"#, "it has 'Id': set"),
            (#"{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}"#, "it has 'a', 'b', 'c', 'd', 'e': set"),
            (#"{"id": null}"#, "no identifier in 'id'"),
        ]
    )
    func `of an object without an identifier, fields that may be one are named`(line: String, words: String) throws {
        let catalogue = try readLines(#"{"id": 1, "brand": "Nike"}"# + "\n" + line)

        #expect(catalogue.report.skipped.countByKind == [.missingID: 1])
        #expect(catalogue.report.skipped.listed[0].message.contains(words))
        #expect(!catalogue.report.skipped.listed[0].message.contains("brand"))
    }

    @Test func `names that differ only in their Unicode form are one name`() throws {
        let catalogue = try readLines(
            "{\"id\": 1, \"gr\u{F6}\u{DF}e\": \"42\"}\n{\"id\": 2, \"gro\u{308}\u{DF}e\": \"43\"}\n"
                + "{\"id\": 3, \"gr\u{F6}\u{DF}e\": \"44\", \"gro\u{308}\u{DF}e\": \"45\"}"
        )

        #expect(catalogue.products.map { $0["gr\u{F6}\u{DF}e"] } == ["42", "43", "44"])
        #expect(catalogue.report.repaired.countByKind == [.duplicateField: 1])
    }

    @Test func `depth, length and the number of fields have limits, which cost the line only`() throws {
        var format = JSONLinesFormat()
        format.maximumDepth = 4
        format.maximumFieldCount = 3
        format.maximumLineSize = 60
        let catalogue = try readLines(
            """
            {"id": 1, "a": [[[[]]]]}
            {"id": 2, "a": [[[[[]]]]]}
            {"id": 3, "a": 1, "b": 2, "c": 3}
            {"id": 4, "a": "\(String(repeating: "x", count: 60))"}
            {"id": 5}
            """,
            format: format
        )
        #expect(catalogue.products.map(\.id) == ["1", "5"])
        #expect(catalogue.report.skipped.places == ["2 invalid-json", "3 invalid-json", "4 oversized-row"])
    }

    @Test func `a table may have so many different fields and no more`() throws {
        var format = JSONLinesFormat()
        format.maximumTableFieldCount = 5
        let lines = (1...3).map { "{\"id\": \($0), \"a\($0)\": 1, \"b\($0)\": 2}\n" }
        #expect(try readLines(lines[0] + lines[1], format: format).products.count == 2)

        let error = #expect(throws: RecError.self) { try readLines(lines.joined(), format: format) }
        #expect(error?.code == .notJSONLines && error?.line == 3)
    }

    @Test func `objects with thousands of fields each keep them, up to the limit of a table`() throws {
        func object(_ number: Int) -> String {
            let fields = (0..<4000).map { "\"f\(number) \($0)\": \"v\(number) \($0)\"" }
            return "{\"id\": \(number), \(fields.joined(separator: ", "))}\n"
        }
        let products = try readLines((0..<4).map(object).joined()).products

        for (number, product) in products.enumerated() {
            #expect(product.attributes.count == 4000)
            for field in [0, 1, 3999] { #expect(product["f\(number) \(field)"] == ["v\(number) \(field)"]) }
        }
        let error = #expect(throws: RecError.self) { try readLines((0..<5).map(object).joined()) }
        #expect(error?.code == .notJSONLines && error?.line == 5)
    }

    @Test func `a JSON array is none, even where a line of it would do`() throws {
        let error = #expect(throws: RecError.self) { try readLines("[\n{\"id\": 1},\n{\"id\": 2}\n]\n") }
        #expect(error?.code == .notJSONLines && error?.message.contains("array") == true)
    }

    @Test(arguments: [
        ("", RecError.Code.emptyFile), ("\n \n", .emptyFile), ("[{\"id\": 1}, {\"id\": 2}]", .notJSONLines),
        ("{\n  \"id\": 1\n}\n", .notJSONLines), ("id,colour\n1,Red\n", .notJSONLines), ("PAR1\u{15}", .notCSV),
        ("version https://git-lfs.github.com/spec/v1\n", .gitLFSPointer),
    ])
    func `a file without an object gives a typed error`(text: String, code: RecError.Code) throws {
        let error = try #require(throws: RecError.self) { try readLines(text) }
        #expect(error.code == code)
        #expect(error.path == "test.jsonl")
    }

    @Test(arguments: [
        String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian, .utf32BigEndian,
    ])
    func `UTF-16 and UTF-32 are read with and without a mark`(encoding: String.Encoding) throws {
        let data = try #require("{\"id\": 1, \"a\": \"\u{9752}\u{1F45F}\"}\n".data(using: encoding))
        let catalogue = try JSONLinesCatalogue(bytes: Array(data), name: "test.jsonl").read()
        #expect(catalogue.products == [Product(id: "1", attributes: ["a": "\u{9752}\u{1F45F}"])])
    }

    @Test func `names and settings can be chosen`() throws {
        var format = JSONLinesFormat()
        format.idField = "sku"
        format.titleFields = ["name", "label"]
        format.missingMarkers = ["-"]
        let catalogue = try readLines(
            #"{"id": 7, "sku": "a", "label": "L", "name": "N", "x": "-"}"# + "\n"
                + #"{"sku": "b", "name": null, "label": "L"}"#,
            format: format
        )
        #expect(
            catalogue.products == [
                Product(id: "a", attributes: ["id": "7", "label": "L"], title: "N"), Product(id: "b", title: "L"),
            ]
        )
        format.maximumDepth = 0
        #expect(throws: RecError.self) { try readLines("{}", format: format) }
    }
}

@Suite struct `Pictures of a catalogue in JSON Lines` {
    @Test func `lie where the file lies`() throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"id\": 1, \"picture\": \"images/1.jpg\"}\n{\"id\": 2}\n", to: "shop/products.jsonl")
        let catalogue = try JSONLinesCatalogue(path: folder.path + "/shop/products.jsonl").read()
        #expect(catalogue.products.map(\.picture) == [folder.path + "/shop/images/1.jpg", nil])
        #expect(catalogue.report.missingPictures.places == ["2 missing-picture"])
        var format = JSONLinesFormat()
        format.pictureFolder = "/pictures"
        let moved = try JSONLinesCatalogue(path: folder.path + "/shop/products.jsonl", format: format).read()
        #expect(moved.products.first?.picture == "/pictures/images/1.jpg")
    }

    @Test(arguments: [
        "/etc/passwd", "../1.jpg", "images/../../1.jpg", "https://shop.example/1.jpg", "file:///etc/passwd", "..", ".",
        "a/../../b/../c.jpg", "//x",
    ])
    func `never lead out of the folder unless the host says so`(path: String) throws {
        let text = "{\"id\": 1, \"picture\": \"\(path)\"}\n"
        let catalogue = try readLines(text)
        #expect(catalogue.products == [Product(id: "1")])
        #expect(catalogue.report.repaired.places == ["1 picture-outside"])
        var format = JSONLinesFormat()
        format.allowsPicturesAnywhere = true
        #expect(try readLines(text, format: format).products.first?.picture == path)
    }

    @Test func `may be several, the main one first`() throws {
        let text = #"{"id": 1, "picture": ["a.jpg", "../b.jpg", "c.jpg", null]}"# + "\n" + #"{"id": 2, "picture": []}"#
        let catalogue = try readLines(text)
        #expect(catalogue.products.map(\.pictures) == [["a.jpg", "c.jpg"], []])
        #expect(catalogue.report.repaired.places == ["1 picture-outside"])
        #expect(catalogue.report.missingPictures.places == ["2 missing-picture"])
    }

    @Test(arguments: ["images/1.jpg", "a/../1.jpg", "./1.jpg", "1..jpg", "..1.jpg"])
    func `may have any path within it`(path: String) throws {
        #expect(try readLines("{\"id\": 1, \"picture\": \"\(path)\"}\n").products.first?.picture == path)
    }
}
