extension Preprocessing: CustomStringConvertible {
    /// The complete preprocessing as text, for a recipe: equal texts mean equal numbers.
    public var description: String {
        let rule =
            switch resize {
            case .none: "unresized"
            case .shortSide(let side): "short-side-\(side)-\(filter.rawValue)"
            case .stretch(let size): "stretch-\(size)-\(filter.rawValue)"
            }
        let crop = cropRounding == .down ? "crop-down" : "crop"
        return "\(rule) \(crop)-\(outputSize) \(normalization.text)"
    }

    /// Reads a ``description``; `nil` for any other text.
    package init?(_ description: String) {
        let words = description.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let (resize, filter) = Self.rule(words[0]),
            let (outputSize, rounding) = Self.crop(words[1]),
            let normalization = PixelNormalization(text: String(words[2])), Self.areValid(resize, outputSize)
        else { return nil }
        self.init(
            resize: resize,
            filter: filter,
            outputSize: outputSize,
            normalization: normalization,
            cropRounding: rounding
        )
    }

    /// Reads the size of the crop and the rounding of its position.
    private static func crop(_ word: Substring) -> (ImageSize, CropRounding)? {
        let isDown = word.hasPrefix("crop-down-")
        guard let size = word.dropping(prefix: isDown ? "crop-down-" : "crop-").flatMap({ ImageSize(String($0)) })
        else { return nil }
        return (size, isDown ? .down : .nearestEven)
    }

    /// Reads the rule for resizing.
    ///
    /// Without resizing the text has no filter, since no filter has an effect; the default filter is used.
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
    /// The text after a prefix; `nil` when the text does not begin with it.
    func dropping(prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
