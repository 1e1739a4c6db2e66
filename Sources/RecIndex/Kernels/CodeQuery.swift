internal import CRecKernels
internal import RecFiles

/// A query against a ``CodeTable``.
///
/// The cosine of a slot is estimated as scale * <codes, head> + offset + base, and is at most tail * tails + rest more. Its
/// score is slope * cosine + constant, with the two numbers of its pattern. Chunks of the middle refine both.
package struct CodeQuery: Sendable {
    /// What a chunk of the middle changes: the scale of its products, and how much tail and rest are behind it.
    package struct MiddleTerms: Sendable {
        package var scale: Float
        package var tail: Float
        package var rest: Float

        package init(scale: Float, tail: Float, rest: Float) {
            self.scale = scale
            self.tail = tail
            self.rest = rest
        }
    }

    /// The query's head codes, from -127 to 127.
    package let head: [Int8]
    package let scale: Float
    package let base: Float
    package let tail: Float
    package let rest: Float
    /// The query's middle codes, from -8191 to 8191, chunk after chunk.
    package let middle: [Int16]
    package let middleTerms: [MiddleTerms]
    /// The number of patterns.
    package let patternCount: Int

    // Arrays of one kind lie in one array, where the kernels find them.
    /// The head and its magnitudes.
    private let codes: NumberArray<Int8>
    /// The patterns and the three numbers of the middle's terms.
    private let floats: NumberArray<Float>
    private let middleCodes: NumberArray<Int16>
    private let headSum: Int32
    private let hasOnePattern: Bool
    /// Two lines, the higher of which no pattern's exceeds.
    private let slopes: (Float, Float)
    private let constants: (Float, Float)

    /// - Parameters:
    ///   - head: The head codes, from -127 to 127.
    ///   - scale: What a product of codes of the head stands for.
    ///   - base: What all estimates have in common.
    ///   - tail: How much a slot's norm outside the head counts.
    ///   - rest: How far estimates may be off besides.
    ///   - middle: The middle codes, from -8191 to 8191, chunk after chunk.
    ///   - middleTerms: What each chunk of the middle changes.
    ///   - patterns: Slope and constant of each pattern, one after the other; no slope below zero.
    package init(
        head: [Int8],
        scale: Float,
        base: Float,
        tail: Float,
        rest: Float,
        middle: [Int16],
        middleTerms: [MiddleTerms],
        patterns: [Float]
    ) {
        precondition(head.allSatisfy { $0 != .min } && middle.allSatisfy { abs(Int($0)) <= 8191 }, "codes in range")
        precondition(patterns.count % 2 == 0 && !patterns.isEmpty, "two numbers for each pattern")
        self.head = head
        self.scale = scale
        self.base = base
        self.tail = tail
        self.rest = rest
        self.middle = middle
        self.middleTerms = middleTerms
        patternCount = patterns.count / 2
        codes = NumberArray(head + head.map { abs($0) }).pinned()
        floats = NumberArray(
            patterns + middleTerms.map(\.scale) + middleTerms.map(\.tail) + middleTerms.map(\.rest)
        ).pinned()
        middleCodes = NumberArray(middle).pinned()
        headSum = head.reduce(0) { $0 + Int32($1) }
        let lines = ScoreLines(patterns)
        hasOnePattern = stride(from: 0, to: patterns.count, by: 2).allSatisfy { place in
            patterns[place] == patterns[0] && patterns[place + 1] == patterns[1]
        }
        slopes = lines.slopes
        constants = lines.constants
    }

    /// Slope and constant of a pattern.
    package func pattern(_ number: Int) -> (slope: Float, constant: Float) {
        (floats[2 * number], floats[2 * number + 1])
    }

    /// The greatest score that a cosine can have with any pattern.
    package func greatestScore(cosine: Float) -> Float {
        max(cosine * slopes.0 + constants.0, cosine * slopes.1 + constants.1)
    }

    /// The query for the kernels, good as long as it lives.
    @unsafe
    var raw: rec_code_query {
        let terms = unsafe floats.pinnedAddress + 2 * patternCount
        return unsafe rec_code_query(
            head: codes.pinnedAddress,
            magnitudes: codes.pinnedAddress + head.count,
            head_sum: headSum,
            scale: scale,
            base: base,
            tail: tail,
            rest: rest,
            patterns: floats.pinnedAddress,
            has_one_pattern: hasOnePattern ? 1 : 0,
            slopes: slopes,
            constants: constants,
            middle: middleCodes.pinnedAddress,
            middle_scales: terms,
            middle_tails: terms + middleTerms.count,
            middle_rests: terms + 2 * middleTerms.count
        )
    }
}
