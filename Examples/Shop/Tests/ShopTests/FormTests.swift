import Testing

@Suite struct `Forms of products` {
    private static let good = Form(attributes: #"{"gender": "Men"}"#)

    /// Sends a body under a content type.
    private func put(_ shop: TestShop, _ body: [UInt8], _ contentType: String = good.contentType) async throws -> Answer
    {
        try await shop.send(
            .put,
            "/products/new",
            headers: [.contentType: contentType, .authorization: "Bearer \(TestShop.token)"],
            body: body
        )
    }

    private static let faults: [(String, String)] = [
        ("empty", ""),
        ("no boundary", "gender=Men"),
        ("another boundary", "--other\r\n\r\n\r\n--other--\r\n"),
        ("no end", "--B\r\nContent-Disposition: form-data; name=\"attributes\"\r\n\r\n{}\r\n"),
        ("no header", "--B\r\n{}\r\n--B--\r\n"),
        ("no name", "--B\r\nContent-Disposition: form-data\r\n\r\n{}\r\n--B--\r\n"),
        ("not form-data", "--B\r\nContent-Disposition: attachment; name=\"attributes\"\r\n\r\n{}\r\n--B--\r\n"),
        ("bare line feeds", "--B\nContent-Disposition: form-data; name=\"attributes\"\n\n{}\n--B--\n"),
        ("another part", "--B\r\nContent-Disposition: form-data; name=\"price\"\r\n\r\n5\r\n--B--\r\n"),
        ("no attributes", "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n5\r\n--B--\r\n"),
        (
            "attributes that are no JSON",
            "--B\r\nContent-Disposition: form-data; name=\"attributes\"\r\n\r\n{\r\n--B--\r\n"
        ),
        (
            "attributes that are a list",
            "--B\r\nContent-Disposition: form-data; name=\"attributes\"\r\n\r\n[]\r\n--B--\r\n"
        ),
        (
            "nested attributes",
            "--B\r\nContent-Disposition: form-data; name=\"attributes\"\r\n\r\n{\"a\": {\"b\": 1}}\r\n--B--\r\n"
        ),
        (
            "a long header",
            "--B\r\nContent-Disposition: form-data; name=\"attributes\"; x=\"\(String(repeating: "x", count: 5000))\"\r\n\r\n{}\r\n--B--\r\n"
        ),
        (
            "a part twice",
            String(repeating: "--B\r\nContent-Disposition: form-data; name=\"attributes\"\r\n\r\n{}\r\n", count: 2)
                + "--B--\r\n"
        ),
        ("text behind its end", "--B\r\nContent-Disposition: form-data; name=\"attributes\"\r\n\r\n{}\r\n--B--x"),
    ]

    @Test(arguments: faults.indices)
    func `malformed bodies are refused`(number: Int) async throws {
        let (name, body) = Self.faults[number]
        try await TestShop.reading { (shop) async throws in
            let answer = try await put(shop, Array(body.utf8), "multipart/form-data; boundary=B")
            #expect(answer.status == 400, "\(name)")
            #expect(answer.code != nil, "\(name)")
            #expect(try shop.library().product("new") == nil)
        }
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b \"",
        "multipart/form-data; boundary=\(String(repeating: "b", count: 71))",
    ])
    func `a boundary that cannot be is refused`(contentType: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await put(shop, Self.good.bytes, contentType)
            #expect(answer.status == 400)
        }
    }

    @Test(arguments: ["application/json", "text/plain", "multipart/mixed; boundary=B", ""])
    func `another type is 415`(contentType: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await put(shop, Self.good.bytes, contentType)
            #expect(answer.status == 415)
            #expect(answer.code == "not-a-form")
        }
    }

    @Test func `boundaries and line ends within a picture are content`() async throws {
        // The first bytes of a JPEG, then what almost ends the part.
        let picture: [UInt8] = [0xFF, 0xD8, 0xFF] + Array("\r\n--boundary-of-the-test\r\n--\r\n\r".utf8)
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.put("new", Form(attributes: "{}", picture: picture))
            #expect(answer.status == 422)
            #expect(answer.code == "corrupt-image" || answer.code == "truncated-image")
        }
    }

    @Test func `quoted and bare names, other cases and further header lines are understood`() async throws {
        let body = """
            --B\r
            content-disposition:form-data;name=attributes\r
            Content-Type: application/json\r
            \r
            {"gender": "Men"}\r
            --B\r
            CONTENT-DISPOSITION: Form-Data; filename="x.txt"; name="title"\r
            \r
            Shirt\r
            --B--
            """
        try await TestShop.with { (shop) async throws in
            let answer = try await put(shop, Array(body.utf8), "Multipart/Form-Data; charset=utf-8; Boundary=\"B\"")
            #expect(answer.status == 201)
            #expect(try answer.decoded(as: ProductAnswer.self).title == "Shirt")
        }
    }

    @Test(arguments: ["%00", "a%0Ab", "%7F", String(repeating: "x", count: 201)])
    func `identifiers that could not be used are refused`(id: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.put(id, Self.good)
            #expect(answer.status == 422)
            #expect(answer.code == "invalid-product")
        }
    }

    @Test func `too much of anything is refused`() async throws {
        let many = (0..<65).map { "\"a\($0)\": \"x\"" }.joined(separator: ",")
        let values = (0..<101).map { "\"\($0)\"" }.joined(separator: ",")
        let long = String(repeating: "x", count: 1001)
        try await TestShop.reading { (shop) async throws in
            for json in ["{\(many)}", "{\"a\": [\(values)]}", "{\"a\": \"\(long)\"}", "{\"\": \"a\"}"] {
                #expect(try await shop.put("new", Form(attributes: json)).status == 422, "\(json.prefix(30))")
            }
            #expect(try await shop.put("new", Form(attributes: "{}", title: long)).status == 422)
            let nothing = try await shop.put("new", Form(attributes: #"{"unknown": "x"}"#))
            #expect(nothing.status == 422)
            #expect(nothing.code == "no-shared-block")
        }
    }
}
