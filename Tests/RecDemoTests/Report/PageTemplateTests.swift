import Testing
import rec_demo

@Suite struct `A template of the page` {
    @Test func `each place gets its value, as often as it is there`() {
        let template = PageTemplate("<p id=\"{{id}}\">{{id}}{{count}}</p>\n{{rows}}")
        let html = template.filled(["id": .text("a"), "count": .number(-3), "rows": .html("<hr>")])
        #expect(html == "<p id=\"a\">a-3</p>\n<hr>")
    }

    @Test func `text cannot become markup or a place`() {
        let template = PageTemplate("<p title=\"{{title}}\">{{title}}</p>{{rows}}")
        let html = template.filled(["title": .text("\"{{rows}}</p>"), "rows": .html("{{title}}")])
        #expect(html == "<p title=\"&quot;{{rows}}&lt;/p&gt;\">&quot;{{rows}}&lt;/p&gt;</p>{{title}}")
    }

    @Test func `text stays as it is, to the scalar`() {
        let text = "Cafe\u{301} 👟 }} \u{2028}\r\n"
        #expect(PageTemplate("{{a}}").filled(["a": .text(text)]).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test func `braces that are alone are text`() {
        #expect(PageTemplate(".a { b: c } }} {").filled([:]) == ".a { b: c } }} {")
    }
}
