extension PixelNormalization {
    /// The complete normalisation as text, for a recipe: equal texts mean equal numbers.
    package var text: String {
        func list(_ values: [Float]) -> String { values.map(\.description).joined(separator: ",") }
        return "\(order.rawValue)/\(divisor)-[\(list(mean))]/[\(list(deviation))]"
    }

    /// Reads a ``text``; `nil` for any other text.
    package init?(text: String) {
        var rest = text[...]
        func next(upTo mark: String) -> Substring? {
            guard let range = rest.firstRange(of: mark) else { return nil }
            defer { rest = rest[range.upperBound...] }
            return rest[..<range.lowerBound]
        }
        func list(_ part: Substring?) -> [Float]? {
            guard let numbers = part?.split(separator: ",", omittingEmptySubsequences: false).map({ Float($0) }),
                numbers.count == 3
            else { return nil }
            let finite = numbers.compactMap(\.self).filter(\.isFinite)
            return finite.count == 3 ? finite : nil
        }
        guard let order = next(upTo: "/").flatMap({ ChannelOrder(rawValue: String($0)) }),
            let divisor = next(upTo: "-[").flatMap({ Float($0) }), divisor.isFinite, divisor != 0,
            let mean = list(next(upTo: "]/[")),
            let deviation = list(next(upTo: "]")), !deviation.contains(0), rest.isEmpty
        else { return nil }
        self.init(order: order, divisor: divisor, mean: mean, deviation: deviation)
    }
}
