import RecMetadata
import Testing

@Suite("JSON of nothing but strings") struct JSONStringsTests {
    @Test(arguments: [
        ("[]", []), (" [ \"a\" , \"b\" ] ", ["a", "b"]),
        (#"["\u0001\"\\\n", "é\u00e9\ud83e\udde6"]"#, ["\u{1}\"\\\n", "éé🧦"]),
    ])
    func `an array is read`(text: String, strings: [String]) {
        #expect(JSONStrings.array(Array(text.utf8).span) == strings)
    }

    @Test func `objects are read in their order`() {
        let object = JSONStrings.object(Array(#"{"b": "1", "a": ""}"#.utf8).span)
        #expect(object?.map(\.name) == ["b", "a"])
        #expect(object?.map(\.value) == ["1", ""])
        let arrays = JSONStrings.arrays(Array(#"{"b": ["1", "2"], "a": []}"#.utf8).span)
        #expect(arrays?.map(\.name) == ["b", "a"])
        #expect(arrays?.map(\.value) == [["1", "2"], []])
        #expect(JSONStrings.object(Array("{}".utf8).span)?.isEmpty == true)
    }

    @Test(arguments: [
        "", "[", "[\"a\"", "[\"a\"] x", "[1]", "[null]", "[[\"a\"]]", "[\"a\",]", "[\"a\" \"b\"]", "{\"a\": \"b\"}",
        "\"a\"",
        "[\"\\u0000\"]", "[\"\\ud83e\"]", "[\"\\x\"]", "[\"\u{1}\"]", "[,\"a\"]",
    ])
    func `what is no array of strings is refused`(text: String) {
        #expect(JSONStrings.array(Array(text.utf8).span) == nil)
    }

    @Test(arguments: [
        "", "{", "{\"a\"}", "{\"a\": 1}", "{\"a\": [1]}", "{\"a\": [[\"b\"]]}", "{} {}", "{\"a\": {}}", "[]",
    ])
    func `what is no object of strings or arrays is refused`(text: String) {
        #expect(JSONStrings.object(Array(text.utf8).span) == nil)
        #expect(JSONStrings.arrays(Array(text.utf8).span) == nil)
    }
}
