extension Preprocessing: CustomStringConvertible {
    /// All of it, for a recipe: equal texts mean equal numbers.
    public var description: String {
        let rule =
            switch resize {
            case .none: "unresized"
            case .shortSide(let side): "short-side-\(side)-\(filter.rawValue)"
            case .stretch(let size): "stretch-\(size)-\(filter.rawValue)"
            }
        return "\(rule) crop-\(outputSize) \(normalization.text)"
    }

    /// Reads a ``description``; `nil` when the text is none.
    package init?(_ description: String) {
        let words = description.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let (resize, filter) = Self.rule(words[0]),
            let outputSize = words[1].dropping(prefix: "crop-").flatMap({ ImageSize(String($0)) }),
            let normalization = PixelNormalization(text: String(words[2])), Self.areValid(resize, outputSize)
        else { return nil }
        self.init(resize: resize, filter: filter, outputSize: outputSize, normalization: normalization)
    }

    /// Reads the rule for resizing.
    ///
    /// An unresized picture has no filter in its text, since none has an influence; it gets the default of one.
    private static func rule(_ word: Substring) -> (Resize, Resampling)? {
        if word == "unresized" { return (.none, .bilinear) }
        guard let dash = word.lastIndex(of: "-"), let filter = Resampling(rawValue: String(word[dash...].dropFirst()))
        else { return nil }
        let start = word[..<dash]
        if let side = start.dropping(prefix: "short-side-").flatMap({ Int($0) }) { return (.shortSide(side), filter) }
        if let size = start.dropping(prefix: "stretch-").flatMap({ ImageSize(String($0)) }) {
            return (.stretch(size), filter)
        }
        return nil
    }
}

extension Substring {
    /// What follows a prefix; `nil` when the text starts otherwise.
    func dropping(prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
