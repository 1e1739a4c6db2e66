import Testing
import rec_demo

@Suite struct `HTML text` {
    static let texts: [(String, String)] = [
        ("Café 👟", "Café 👟"),
        ("<script>alert('1' & \"2\")</script>", "&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;"),
        ("&amp;", "&amp;amp;"),
        ("<\u{301}", "&lt;\u{301}"),
        ("", ""),
    ]

    @Test(arguments: texts)
    func `text cannot become markup`(text: String, escaped: String) {
        #expect(HTML.escaped(text) == escaped)
    }

    static let numbers: [(Double, String, String)] = [
        (0, "0.00", "+0.00"),
        (0.126, "0.13", "+0.13"),
        (-0.126, "−0.13", "−0.13"),
        (-0.001, "0.00", "+0.00"),
        (12, "12.00", "+12.00"),
    ]

    @Test(arguments: numbers)
    func `numbers have two decimals and a true minus`(number: Double, plain: String, signed: String) {
        #expect(HTML.decimal(number) == plain)
        #expect(HTML.signed(number) == signed)
    }

    @Test(arguments: [Double.nan, .infinity, 1e12])
    func `what cannot be shown is a dash`(number: Double) {
        #expect(HTML.decimal(number) == "–")
    }

    @Test func `a bar puts its parts end to end and leaves out what is below zero`() {
        let bar = HTML.bar([("image", 0.5), ("attribute", -0.25), ("attribute", 0.25)])
        #expect(bar.contains(#"<rect class="image" x="0.0000" width="0.5000" height="1"/>"#))
        #expect(bar.contains(#"<rect class="attribute" x="0.5000" width="0.0000" height="1"/>"#))
        #expect(bar.contains(#"<rect class="attribute" x="0.5000" width="0.2500" height="1"/>"#))
    }

    @Test(arguments: [("baseColour", "base colour"), ("sub_category", "sub category"), ("RGB", "rgb"), ("", "")])
    func `names of attributes become words`(name: String, words: String) {
        #expect(HTML.words(name) == words)
    }
}
