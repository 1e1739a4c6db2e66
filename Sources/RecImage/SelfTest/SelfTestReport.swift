/// What became of the self-test beside a model when the model was opened.
package enum SelfTestResult: Sendable {
    /// There is none.
    case missing
    /// It is for other weights, another layer or another pooling.
    case unrelated(SelfTest)
    /// The vectors agree.
    case passed(SelfTest, SelfTestReport)
}

/// How near the vector of a model is to that of its self-test.
package struct SelfTestReport: Sendable {
    /// The cosine of the angle between the two vectors.
    package let cosine: Double
    /// The greatest difference between components of the two, at unit length.
    package let difference: Double
    /// The component with that difference.
    package let component: Int
    /// The greatest difference between numbers of the network's input; `nil` when the file states none.
    package let inputDifference: Double?
    /// The name of a preprocessing that gives the expected input, where the model's gives another.
    package let fittingPreprocessing: String?
    /// The least cosine that passes.
    package let minimumCosine: Double

    /// The greatest difference of an input that counts as equal: half the step from one byte to the next, in the units
    /// of usual normalisations.
    static let inputTolerance = 0.01

    /// The cosine that is enough for arithmetic of fewer bits, where the file asks for more.
    static let narrowCosine = 0.95

    /// Whether the vectors agree.
    package var isPassed: Bool { cosine >= minimumCosine }

    /// The figures in words: one sentence without its full stop.
    package var description: String {
        var text = "cosine \(cosine), where at least \(minimumCosine) is needed; "
        text += "component \(component) differs most, by \(Float(difference)) at unit length"
        if let inputDifference { text += "; the input of the network differs by at most \(Float(inputDifference))" }
        return text
    }

    /// What to do when the vectors do not agree.
    var advice: String {
        guard let inputDifference else {
            return "The preprocessing or the weights are not those that made the vector."
        }
        guard inputDifference > Self.inputTolerance else {
            return "The input of the network is as expected: the weights or the layer are not those that made the "
                + "vector."
        }
        let fitting = fittingPreprocessing.map { "'\($0)' gives the expected input." } ?? "No preset gives that input."
        return
            "The preprocessing is not the one that made the vector: state the right one, --preprocessing of rec-demo, "
            + "ExtractionSettings.preprocessing in code. \(fitting)"
    }
}
