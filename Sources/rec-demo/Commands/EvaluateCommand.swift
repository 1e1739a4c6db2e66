import ArgumentParser
import Foundation
import RecCore
import RecEvaluation
import RecIndex

/// `rec-demo evaluate`: how good the answers of an index are, with each of its products as a query.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the answers of an index: relevance, diversity, coverage, hubs.",
        discussion: """
            Every product is a query, itself left out; products that share a value of the attribute are relevant to it. \
            Without --image-weight, pictures alone, attributes alone and both together are compared. An attribute that \
            takes part in the score cannot judge it: index without it (rec-demo index --attributes), or hold it out.
            """
    )

    @OptionGroup var source: IndexOption

    @Option(help: "The attribute whose values make products relevant to each other.")
    var relevantBy: String

    @Option(help: "How many neighbours each product gets.")
    var count = 10

    @OptionGroup var weight: ImageWeightOption

    @OptionGroup var attributeWeights: AttributeWeightOption

    @Option(help: "An attribute that takes no part in the score while it is measured; may be given several times.")
    var holdOut: [String] = []

    @Option(help: "How many products are asked, drawn at random, instead of all.")
    var sample: Int?

    @Option(help: "The seed of the sample and of the intervals.")
    var seed: UInt64 = 0

    @Option(help: "Report products whose pictures have at least this cosine, too.")
    var nearDuplicates: Double?

    @Option(help: "Groups of products worked on at the same time.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be 1 or more.") }
        guard sample.map({ $0 > 0 }) ?? true else { throw ValidationError("--sample must be 1 or more.") }
        guard (1...1024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024.") }
        guard nearDuplicates.map({ (-1...1).contains($0) }) ?? true else {
            throw ValidationError("--near-duplicates must be from -1 to 1.")
        }
    }

    func run() async throws {
        try await Failure.exiting {
            try await Interruption.cancelling { try await evaluate(await source.open()) }
        }
    }

    private func evaluate(_ index: some SimilarityIndex) async throws {
        let weighting = weight.weighting(attributeWeights)
        let attributes = holdOut.isEmpty ? [] : try await index.attributeNames()
        if let unknown = holdOut.first(where: { !attributes.contains($0) }) {
            throw RecError(.unknownAttribute, "No product of the index has the attribute '\(unknown)' to hold out.")
        }
        let evaluation = Evaluation(
            .sharing(relevantBy),
            count: count,
            sample: sample,
            seed: seed,
            heldOut: Set(holdOut)
        )
        let systems =
            weight.imageWeight == nil
            ? Evaluation.System.blocksAndFused(of: index.space, weighting)
            : [Evaluation.System("fused", weighting)]
        let comparison = try await withProgress("evaluate") { progress in
            try await evaluation.compare(
                systems,
                on: index,
                bootstrap: Bootstrap(seed: seed),
                threads: threads,
                progress: progress
            )
        }
        var duplicates: NearDuplicates?
        if let nearDuplicates {
            duplicates = try await withProgress("near-duplicates") { progress in
                try await NearDuplicates.find(
                    in: index,
                    threshold: nearDuplicates,
                    threads: threads,
                    progress: progress
                )
            }
        }
        let output = EvaluationOutput(comparison: comparison, relevantBy: relevantBy, duplicates: duplicates)
        if let warning = output.warning { Console.note(warning) }
        try Console.result(json ? output.json.text : output.text)
    }

    private func withProgress<Value>(
        _ label: String,
        _ body: (_ progress: @escaping @Sendable (WorkProgress) -> Void) async throws -> Value
    ) async throws -> Value {
        let bar = ProgressBar(label)
        defer { bar.finish() }
        return try await body { bar.update($0) }
    }
}
