/// Two lines, slope * cosine + constant, the higher of which no line of some patterns exceeds.
///
/// They have the least and the greatest slope, each with its greatest constant. A line with a slope between them,
/// l * least + (1 - l) * greatest, is below their mean by l and 1 - l, and so below the higher one, unless its constant is
/// above that of the mean; both are raised then.
package struct ScoreLines {
    package let slopes: (Float, Float)
    package let constants: (Float, Float)

    /// The greatest number of distinct slopes; the number of combinations of six blocks that may be missing.
    private static let mostSlopes = 64

    /// - Parameter patterns: Slope and constant of each pattern, one after the other; one pattern at least.
    /// - Precondition: No slope is below zero.
    package init(_ patterns: [Float]) {
        var lines: [(slope: Float, constant: Float)] = []
        for place in stride(from: 0, to: patterns.count, by: 2) {
            let (slope, constant) = (patterns[place], patterns[place + 1])
            precondition(slope >= 0, "no slope below zero")
            if let known = lines.firstIndex(where: { $0.slope == slope }) {
                lines[known].constant = max(lines[known].constant, constant)
            } else if lines.count < Self.mostSlopes {
                lines.append((slope, constant))
            } else {
                lines = Self.outermost(lines + [(slope, constant)])
            }
        }
        let outer = Self.outermost(lines)
        slopes = (outer[0].slope, outer[outer.count - 1].slope)
        constants = (outer[0].constant, outer[outer.count - 1].constant)
    }

    /// The lines with the least and the greatest slope, raised as far as the others make it necessary.
    private static func outermost(_ lines: [(slope: Float, constant: Float)]) -> [(slope: Float, constant: Float)] {
        guard lines.count > 2, var low = lines.min(by: { $0.slope < $1.slope }),
            var high = lines.max(by: { $0.slope < $1.slope })
        else { return lines }
        var lift = 0.0
        for line in lines {
            let share = Double(high.slope - line.slope) / Double(high.slope - low.slope)
            lift = max(lift, Double(line.constant) - share * Double(low.constant) - (1 - share) * Double(high.constant))
        }
        // What rounding does to shares and sums of numbers of at most 1.
        low.constant += Float(lift) + 1e-6
        high.constant += Float(lift) + 1e-6
        return [low, high]
    }
}
