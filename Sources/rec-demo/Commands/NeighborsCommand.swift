import ArgumentParser
import Foundation
import RecCore
import RecIndex

/// `rec-demo neighbors`: the neighbours of every product, for a table of similar products that is computed ahead.
struct NeighborsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbors",
        abstract: "Print the neighbours of every product as JSON Lines."
    )

    @OptionGroup var source: IndexOption

    @Option(help: "How many neighbours each product gets.")
    var count = 10

    @OptionGroup var weight: ImageWeightOption

    @OptionGroup var attributeWeights: AttributeWeightOption

    @Option(help: "Groups of products worked on at the same time.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard count >= 0 else { throw ValidationError("--count must be 0 or more.") }
        guard (1...1024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024.") }
    }

    func run() async throws {
        try await Failure.exiting {
            do {
                try await Interruption.cancelling { try await printNeighbors(of: await source.open()) }
            } catch is CancellationError {
                Console.note("Stopped.")
                throw ExitCode.failure
            }
        }
    }

    private func printNeighbors(of index: some SimilarityIndex) async throws {
        let bar = ProgressBar("neighbors")
        defer { bar.finish() }
        try await index.allNeighbors(
            count: count,
            weighting: weight.weighting(attributeWeights),
            threads: threads
        ) { id, neighbors in
            try Console.result(ProductNeighbors(id: id, neighbors: neighbors).json.text)
        } progress: {
            bar.update($0)
        }
    }
}
