import ArgumentParser
import RecCore
import RecEvaluation
import RecIndex

/// `rec-demo weights`: how much the picture and each attribute should count.
struct WeightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weights",
        abstract: "Learn how much the picture and each attribute should count.",
        discussion: """
            Products that share a value of the attribute belong together. Weights are learned from a part of the products \
            and judged by the others; when they are no better than equal ones, that is said, and equal ones are printed.
            """
    )

    @OptionGroup var source: IndexOption

    @Option(help: "The attribute whose values make products relevant to each other; it takes no part in the score.")
    var relevantBy: String

    @Option(help: "How many places of an answer count.")
    var count = 10

    @Option(help: "How many products are drawn to learn from and to judge by, at most.")
    var sample = 2000

    @Option(help: "The seed of the draw.")
    var seed: UInt64 = 0

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("--count must be from 1 to 1000.") }
        guard sample > 0 else { throw ValidationError("--sample must be 1 or more.") }
    }

    func run() async throws {
        try await Failure.exiting {
            try await Interruption.cancelling { try await learn(on: await source.open()) }
        }
    }

    private func learn(on index: some SimilarityIndex) async throws {
        let learner = WeightLearner(count: count, candidates: max(50, count), sample: sample, seed: seed)
        let bar = ProgressBar("weights")
        let report: WeightLearningReport
        do {
            defer { bar.finish() }
            report = try await learner.learn(from: .sharing(relevantBy), on: index, holdsOutJudge: true) {
                bar.update($0)
            }
        }
        try Console.result(json ? report.json(count: count).text : "\(report)")
    }
}

extension WeightLearningReport {
    fileprivate func json(count: Int) -> JSONValue {
        let weights = recommended
        let attributes = weights.attributes.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.number($0.value)) }
        func interval(_ estimate: Estimate) -> JSONValue {
            .array([.number(estimate.mean), .number(estimate.lower), .number(estimate.upper)])
        }
        return .object([
            ("verdict", .string(verdict == .improved ? "improved" : "no-improvement")),
            ("image-weight", .number(weights.blocks[.image])),
            ("attribute-weights", .object(attributes)),
            ("queries", .integer(heldOutCount)),
            ("equal", .object([("ndcg@\(count)", interval(equalQuality.ndcg))])),
            ("learned", .object([("ndcg@\(count)", interval(learnedQuality.ndcg))])),
            ("gain", interval(gain)),
        ])
    }
}
