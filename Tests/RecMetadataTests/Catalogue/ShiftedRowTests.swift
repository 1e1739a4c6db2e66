import RecCore
import RecMetadata
import Testing

@Suite struct `A row whose values stand in the wrong columns` {
    private static let header = "id,gender,articleType,baseColour,season,year,productDisplayName\n"
    private static let rows = """
        1,Men,Cufflinks,Steel,Fall,2011,Steel Cufflinks
        2,Women,Belts,Black,Winter,2015,Black Belt
        3,Men,Tshirts,Blue,Summer,2011,Cool Blue T-shirt

        """

    @Test func `is skipped when a column of numbers holds something else`() throws {
        let catalogue = try read(Self.header + Self.rows + "4,Men,Shirts, Tops,Navy Blue,Fall,2011,Printed T-shirt\n")
        #expect(catalogue.products.map(\.id) == ["1", "2", "3"])
        #expect(catalogue.report.skipped.places == ["5 shifted-row"])
        #expect(catalogue.report.skipped.listed[0].message.contains("'year' holds numbers, but 'Fall' here"))
    }

    @Test(arguments: [0, 1, 2, 3])
    func `is recognised wherever it stands in the table`(position: Int) throws {
        var rows = Self.rows.split(separator: "\n").map(String.init)
        rows.insert("4,Men,Shirts, Tops,Navy Blue,Fall,2011,Printed T-shirt", at: position)
        let catalogue = try read(Self.header + rows.joined(separator: "\n"))
        #expect(catalogue.products.map(\.id) == ["1", "2", "3"])
        #expect(catalogue.report.skipped.places == ["\(position + 2) shifted-row"])
    }

    @Test func `is another thing than a delimiter in the title, which is joined`() throws {
        let catalogue = try read(Self.header + Self.rows + "4,Men,Shirts,Navy Blue,Fall,2011,Printed, T-shirt, XL\n")
        #expect(catalogue.products.last?.title == "Printed, T-shirt, XL")
        #expect(catalogue.products.last?["baseColour"] == "Navy Blue")
        #expect(catalogue.report.repaired.places == ["5 joined-fields"])
    }

    @Test func `is found in columns of numbers that no setting names`() throws {
        let text = "sku,price,id,productDisplayName\na,9.99,1,One\nb,12.50,2,Two\n\"c\",d,3.00,3,Three\n"
        let catalogue = try read(text)
        #expect(catalogue.products.map(\.id) == ["1", "2"])
        #expect(catalogue.report.skipped.places == ["4 shifted-row"])
    }

    @Test func `is found by the values that columns have, when there are no numbers`() throws {
        let colours = ["Red", "Blue", "Navy Blue"]
        let seasons = ["Summer", "Fall"]
        let rows = (0..<200).map { "p\($0),Shirts,\(colours[$0 % 3]),\(seasons[$0 % 2]),Shirt number \($0)" }
        let text =
            "id,articleType,baseColour,season,productDisplayName\n" + rows.joined(separator: "\n")
            + "\nx,Shirts, Tops,Red,Fall,Shifted\ny,Shirts,Red,Fall,Joined, by its comma\n"
        let catalogue = try read(text)
        #expect(catalogue.report.skipped.places == ["202 shifted-row"])
        #expect(catalogue.report.skipped.listed[0].message.contains("'articleType'"))
        #expect(catalogue.products.last?.title == "Joined, by its comma")
    }

    @Test func `is found although a column of numbers has one odd value`() throws {
        let rows = (0..<40).map { "\($0),Shirts,\($0 == 7 ? "on request" : "\($0).50"),Shirt number \($0)\n" }
        let text = "id,articleType,price,productDisplayName\n" + rows.joined() + "99,Shirts, Tops,9.99,Shifted\n"
        let catalogue = try read(text)
        #expect(catalogue.products.count == 40)
        #expect(catalogue.report.skipped.places == ["42 shifted-row"])
        #expect(catalogue.products[7]["price"] == "on request")
    }

    @Test func `is joined into the title where a column has odd values more often`() throws {
        let rows = (0..<40).map { "\($0),Shirts,\($0 % 8 == 0 ? "on request" : "\($0).50"),Shirt number \($0)\n" }
        let text = "id,articleType,price,productDisplayName\n" + rows.joined() + "99,Shirts,ask,Joined, by its comma\n"
        let catalogue = try read(text)
        #expect(catalogue.products.last?.title == "Joined, by its comma")
        #expect(catalogue.report.repaired.places == ["42 joined-fields"])
    }

    @Test func `may end in a blank title`() throws {
        let catalogue = try read(
            Self.header + Self.rows + "4,Men,Shirts, Tops,Navy Blue,Fall,2011,\n5,Men,Tops,Red,Fall,2012,,\n"
        )
        #expect(catalogue.products.map(\.id) == ["1", "2", "3", "5"])
        #expect(catalogue.report.skipped.places == ["5 shifted-row"])
        #expect(catalogue.report.repaired.places == ["6 dropped-blank-fields"])
    }

    @Test func `may be one with too few fields`() throws {
        let catalogue = try read(Self.header + Self.rows + "4,Men,Tshirts,Fall,Summer,Printed T-shirt\n5,Men,Tshirts\n")
        #expect(catalogue.products.map(\.id) == ["1", "2", "3", "5"])
        #expect(catalogue.report.skipped.places == ["5 shifted-row"])
        #expect(catalogue.report.repaired.places == ["6 short-row"])
    }

    @Test func `is not suspected where a column of numbers has a gap or other text elsewhere`() throws {
        let gap = try read(Self.header + Self.rows + "4,Men,Shirts,Navy Blue,Fall,,Printed, T-shirt\n")
        #expect(gap.report.repaired.places == ["5 joined-fields"])
        let text = try read(
            Self.header + "1,Men,Shirts,Blue,Fall,SS21,Shirt\n2,Men,Shirts,Blue,Fall,SS22,Shirt, long\n"
        )
        #expect(text.products.last?.title == "Shirt, long")
    }
}

@Suite struct `A first line that names the delimiter` {
    @Test(
        arguments: [
            ("sep=;", ";"), ("\"sep=;\"", ";"), ("SEP=;", ";"), ("sep=,", ","), ("sep=\t", "\t"), ("sep=|", "|"),
            ("\"sep=|\"", "|"), ("\"sep=\t\"", "\t"), ("sep=;;;", ";"), (" sep=;", ";"),
        ],
        ["\n", "\r\n", "\r"]
    )
    func `is obeyed`(line: (String, String), lineEnd: String) throws {
        let text = [line.0, "id\(line.1)colour", "1\(line.1)Red", "2"].joined(separator: lineEnd)
        for mark in ["", "\u{FEFF}"] {
            let catalogue = try read(mark + text)
            #expect(catalogue.products == [Product(id: "1", attributes: ["colour": "Red"])])
            #expect(catalogue.report.skipped.places == ["4 truncated-row"])
            #expect(catalogue.report.notices.isEmpty)
        }
    }

    @Test(arguments: ["sep=^", "sep=", "sep=;x", "\"sep=\"", "sep=ab"])
    func `must name one that is known`(line: String) throws {
        let error = try #require(throws: RecError.self) { try read(line + "\nid^colour\n1^Red\n") }
        #expect(error.code == .notCSV)
        #expect(error.line == 1)
    }

    @Test func `gives way to the setting`() throws {
        var format = CSVFormat()
        format.delimiter = .comma
        let catalogue = try read("sep=;\nid,colour\n1,Red;Blue\n", format: format)
        #expect(catalogue.products == [Product(id: "1", attributes: ["colour": "Red;Blue"])])
    }

    @Test func `may be a header of its own in a table of other names`() throws {
        #expect(try read("id,sep=;\n1,x\n").products[0]["sep=;"] == "x")
    }
}
