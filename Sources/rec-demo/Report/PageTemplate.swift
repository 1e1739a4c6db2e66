/// A piece of HTML with places for what differs from page to page, written `{{name}}`.
///
/// Values are put in once and are not read for places, so that text of a catalogue stays text.
package struct PageTemplate: Sendable {
    /// What stands in a place.
    package enum Value: Sendable {
        /// Text that becomes safe between tags and inside quoted attribute values.
        case text(String)

        /// HTML, which stands as it is.
        case html(String)

        /// A whole number.
        case number(Int)
    }

    /// What stands before each place, with the name of the place.
    private var places: [(before: String, name: String)] = []

    /// What stands after the last place.
    private let end: String

    /// Reads a template.
    ///
    /// - Parameter source: HTML with places. Each `{{` must have its `}}`.
    package init(_ source: String) {
        var rest = Substring(source)
        while let opening = rest.firstRange(of: "{{") {
            guard let closing = rest[opening.upperBound...].firstRange(of: "}}") else {
                preconditionFailure("a place of the template has no end: \(rest[opening.lowerBound...].prefix(40))")
            }
            places.append((String(rest[..<opening.lowerBound]), String(rest[opening.upperBound..<closing.lowerBound])))
            rest = rest[closing.upperBound...]
        }
        end = String(rest)
    }

    /// The HTML with a value in every place.
    ///
    /// - Parameter values: A value for each name, and for nothing else.
    /// - Returns: HTML.
    package func filled(_ values: [String: Value]) -> String {
        precondition(Set(places.map(\.name)) == Set(values.keys), "the template has places for other values")
        return places.map { $0.before + text(of: values[$0.name]) }.joined() + end
    }

    private func text(of value: Value?) -> String {
        switch value {
        case .text(let text): HTML.escaped(text)
        case .html(let html): html
        case .number(let number): "\(number)"
        case nil: ""
        }
    }
}
