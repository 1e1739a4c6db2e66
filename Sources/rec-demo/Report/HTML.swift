import RecMath

/// The few text tools that writing HTML takes.
package enum HTML {
    /// Text made safe between tags and inside quoted attribute values.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A number with a fixed count of decimals, whatever the locale; a dash when it is not finite.
    package static func decimal(_ value: Double, places: Int = 2) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "–" }
        let text = value.decimals(places)
        return text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }

    /// A number as ``decimal(_:places:)``, with its sign in any case.
    package static func signed(_ value: Double) -> String {
        let text = decimal(value)
        return text.hasPrefix("−") ? text : "+" + text
    }

    /// A bar that is full at 1, with a rectangle of each class; what is below zero is not drawn.
    ///
    /// It is drawn without a `style` attribute, which the page's policy forbids.
    package static func bar(_ parts: [(kind: String, value: Double)]) -> String {
        var end = 0.0
        let rectangles = parts.map { kind, value in
            let start = end
            end += min(max(value, 0), 1)
            return """
                <rect class="\(kind)" x="\(decimal(start, places: 4))" width="\(decimal(end - start, places: 4))" height="1"/>
                """
        }
        return """
            <svg class="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">\(rectangles.joined())</svg>
            """
    }

    /// An attribute's name as words: `baseColour` becomes `base colour`.
    package static func words(_ name: String) -> String {
        var last: Character?
        return name.reduce(into: "") { words, character in
            if character.isUppercase, last?.isLowercase == true { words += " " }
            words += character == "_" ? " " : character.lowercased()
            last = character
        }
    }
}
