import ArgumentParser
import Foundation
import RecCore
import RecFiles
import RecImage
import RecIndex

/// `rec-demo report`: a page that shows products beside what is most like them.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a self-contained HTML page of products and their neighbours."
    )

    @OptionGroup var source: IndexOption

    @Option(help: ArgumentHelp("The page to write.", valueName: "file.html"))
    var out: String

    @Option(help: "How many products to show with their neighbours.")
    var rows = 12

    @Option(help: "How many neighbours each.")
    var count = 8

    @OptionGroup var weight: ImageWeightOption

    func validate() throws {
        guard rows > 0, count > 0 else { throw ValidationError("--rows and --count must be 1 or more.") }
    }

    func run() async throws {
        try await Failure.exiting { try await report(on: source.open()) }
    }

    private func report(on index: some SimilarityIndex) async throws {
        let gallery = Gallery(index: index, weights: weight.weights, count: count)
        let page = try await gallery.page(title: "More like this", indexName: source.address.name, rows: rows)
        try write(page.html)
        for path in gallery.unreadablePictures {
            Console.note("No thumbnail of \(path): the picture cannot be read.")
        }
        Console.note("\(page.rows.count) products with their neighbours in \(out).")
        if !gallery.unreadablePictures.isEmpty { throw ExitCode.failure }
    }

    /// Writes the page, whole or not at all.
    private func write(_ html: String) throws(RecError) {
        do throws(FileError) {
            try AtomicFile.write(to: out) { file throws(FileError) in try file.write(Array(html.utf8)) }
        } catch {
            throw RecError(error, writing: true)
        }
    }
}
