import RecCore
import Testing
import rec_demo

@Suite struct `JSON` {
    static let values: [(JSONValue, String)] = [
        (.null, "null"),
        (.integer(-12), "-12"),
        (.number(0.1), "0.1"),
        (.number(1e-9), "1e-09"),
        (.number(.nan), "null"),
        (.number(-.infinity), "null"),
        (.optional(nil), "null"),
        (.optional(0.75), "0.75"),
        (.floats([0.5, -1]), "[0.5,-1.0]"),
        (.array([]), "[]"),
        (.array([.integer(1), .array([.null])]), "[1,[null]]"),
        (.object([]), "{}"),
        (.object([("z", .integer(1)), ("a", .object([("\"", .null)]))]), #"{"z":1,"a":{"\"":null}}"#),
    ]

    @Test(arguments: values)
    func `a value is one line, fields stay in order`(value: JSONValue, text: String) {
        #expect(value.text == text)
    }

    static let strings: [(String, String)] = [
        ("", #""""#),
        ("Blue \"Oxford\"", #""Blue \"Oxford\"""#),
        (#"C:\shirts"#, #""C:\\shirts""#),
        ("a/b", #""a/b""#),
        ("two\nlines\r\tand a tab", #""two\nlines\r\tand a tab""#),
        ("\0\u{1B}[31m\u{1F}", #""\u0000\u001b[31m\u001f""#),
        ("Café 👟 \u{1F469}\u{200D}\u{1F9B0}", "\"Café 👟 \u{1F469}\u{200D}\u{1F9B0}\""),
        ("e\u{301}", "\"e\u{301}\""),
    ]

    @Test(arguments: strings)
    func `a string keeps its characters, what JSON forbids is escaped`(string: String, text: String) {
        #expect(Array(JSONValue.string(string).text.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test func `an error has its code and its message`() {
        let error = RecError(.unknownProduct, "There is no product '\"'.")
        #expect(
            Failure.json(error).text == #"{"code":"unknown-product","message":"There is no product '\"'."}"#
        )
        struct Other: Error, CustomStringConvertible { let description = "no good" }
        #expect(Failure.json(Other()).text == #"{"code":"error","message":"no good"}"#)
    }
}
