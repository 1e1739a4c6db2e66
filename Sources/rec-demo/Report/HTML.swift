/// The few text tools that writing HTML takes.
enum HTML {
    /// Text made safe between tags and inside quoted attribute values.
    static func escaped(_ text: String) -> String {
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
    static func decimal(_ value: Double, places: Int = 2) -> String {
        let scale = (0..<places).reduce(1) { power, _ in power * 10 }
        guard value.isFinite, abs(value) < 1e12 else { return "–" }
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled.magnitude % scale.magnitude)
        let padding = String(repeating: "0", count: places - fraction.count)
        return "\(scaled < 0 ? "−" : "")\(scaled.magnitude / scale.magnitude).\(padding)\(fraction)"
    }

    /// An attribute's name as words: `baseColour` becomes `base colour`.
    static func words(_ name: String) -> String {
        name.reduce(into: "") { words, character in
            if character.isUppercase, let last = words.last, last.isLowercase { words += " " }
            words += character == "_" ? " " : character.lowercased()
        }
    }
}
