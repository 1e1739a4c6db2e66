import ArgumentParser
import Foundation
import RecCore
import RecImage
import RecIndex
import RecMetadata
import RecNetwork

/// `rec-demo index`: from a catalogue folder to an index file.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Build an index from a catalogue: a folder, a file or a table of PostgreSQL.",
        discussion: """
            The folder has styles.csv and images/ID.jpg. A file in JSON Lines (products.jsonl), one object a line, \
            names pictures by paths from its folder on; a file in CSV has no pictures. The address of a database is \
            postgresql://user@host:port/database?table=NAME; its columns are as the fields in JSON Lines, and the \
            column 'picture' has paths or bytes. Stop the command with Ctrl-C and run it again to go on: pictures that \
            are finished are kept in a journal beside the index until it is complete.
            """
    )

    @Option(
        help: ArgumentHelp("The catalogue: a folder, a file in JSON Lines or CSV, or an address.", valueName: "path")
    )
    var catalog: String

    @Option(help: "The query of SQL for the products in a database, instead of a table.")
    var query: String?

    @Option(help: ArgumentHelp("The index file to write.", valueName: "index"))
    var out: String

    @Option(help: "The network for the pictures: \(Backbone.builtIn.map(\.name).joined(separator: ", ")).")
    var backbone: String?

    @Option(help: "Its weights: .pth, .safetensors, .h5 or .index.json; or an ONNX file without --backbone.")
    var weights: String?

    @Option(
        help: ArgumentHelp(
            "Take the pictures' vectors from this folder instead of computing them.",
            discussion: """
                The folder has files in JSON Lines, as embed prints them, with \(EmbeddingFolder.recipeName), which \
                embed --recipe writes; or in Parquet, as Examples/Spark stores them. Relative paths in them start from \
                the catalogue's folder. --weights then says where searches by picture find the network; they must be \
                those of the vectors.
                """,
            valueName: "folder"
        )
    )
    var embeddings: String?

    @OptionGroup var pictures: PictureOptions

    @OptionGroup var choice: WeightOptions

    @Option(help: ArithmeticOption.help)
    var arithmetic = ArithmeticOption.fastest

    @Option(help: "A product with several pictures: the mean of all, or the first alone.")
    var aggregation = AggregationOption.mean

    @Option(help: "Take this fraction of each subCategory, one product at least.")
    var sample: Double?

    @Option(help: "The seed of the sample.")
    var seed: UInt64 = 0

    @Option(help: "The attributes to compare by, separated by commas.")
    var attributes: String?

    @Flag(help: "Add a graph, for searches that need not be exact: the fastest, and they miss few products.")
    var graph = false

    @Option(help: "Batches of pictures worked on at the same time.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        if embeddings != nil {
            guard !choice.isGiven, arithmetic == .fastest else {
                throw ValidationError(
                    "--layer, --pooling, --prefix, --preprocessing and --arithmetic are options of embed when there are "
                        + "--embeddings, whose recipe has them."
                )
            }
            guard backbone == nil || weights != nil else { throw ValidationError("Give --weights with --backbone.") }
        } else if backbone != nil, weights == nil {
            throw ValidationError(
                "Give --backbone and --weights together, --weights alone for an ONNX file, or neither to index "
                    + "attributes alone."
            )
        }
        guard sample.map({ $0 > 0 && $0 <= 1 }) ?? true else {
            throw ValidationError("--sample must be greater than 0 and at most 1.")
        }
        guard (1...1024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024.") }
        guard attributes.map({ $0.contains { $0 != "," && $0 != " " } }) ?? true else {
            throw ValidationError("--attributes names no attribute.")
        }
        if let backbone { try NetworkOptions.check(backbone) }
    }

    func run() async throws {
        try await Failure.exiting {
            try await Interruption.cancelling { try await buildIndex() }
        }
    }

    private func buildIndex() async throws {
        let source = try CatalogueSource(catalog, query: query)
        let catalogue = try await source.reader.read()
        let products =
            try sample.map { try StratifiedSampler(fraction: $0, seed: seed).sample(catalogue.products) }
            ?? catalogue.products
        guard !products.isEmpty else {
            Console.note(catalogue.report.summary())
            throw RecError(.noProducts, path: place, "The catalogue has no product that can be read.")
        }
        let encoder = try AttributeChoice(attributes).encoder(for: products)
        if let embeddings {
            let table = try await table(in: embeddings, for: catalogue.products)
            let embedder = ProductEmbedder(extractor: table, encoder: encoder, threads: threads) { $0.pictures }
            return try await buildIndex(of: products, catalogue.report, embedder, nil, table)
        }
        let network = try network()
        let journal = try network.map { _ in try FeatureJournal(path: out + ".journal", key: source.key) }
        if let network {
            let embedder = ProductEmbedder(extractor: network, encoder: encoder, cache: journal, threads: threads) {
                source.pictures($0)
            }
            try await buildIndex(of: products, catalogue.report, embedder, journal)
        } else if let encoder {
            try await buildIndex(of: products, catalogue.report, ProductEmbedder(encoder: encoder), journal)
        } else {
            throw RecError(.noProducts, path: place, "There are no attributes to compare by.")
        }
    }

    /// The network for the pictures, if there is to be one.
    private func network() throws -> CNNFeatureExtractor? {
        var settings = ExtractionSettings(
            damage: pictures.damaged.setting,
            background: pictures.background,
            aggregation: aggregation.setting
        )
        try choice.apply(to: &settings)
        return try weights.map {
            let execution = ExecutionSettings(arithmetic: arithmetic.setting)
            return try NetworkOptions.extractor(
                backbone: backbone,
                weights: $0,
                settings: settings,
                execution: execution
            )
        }
    }

    /// Reads the vectors of the catalogue's pictures, and checks that the weights are theirs.
    private func table(in folder: String, for products: [Product]) async throws -> EmbeddingTable {
        let bar = ProgressBar("reading embeddings")
        defer { bar.finish() }
        // Pictures of a database are named as it names them.
        let root = Engine(address: catalog) == .postgres ? "" : CatalogueChoice.folder(of: absolute(catalog))
        var table = try await EmbeddingFolder(path: folder).read(for: products.flatMap(\.pictures), in: root) {
            bar.update($0)
        }
        guard table.vectorCount > 0 else {
            let given = table.unused.first.map { "; a path in the files is '\($0)'" } ?? ""
            let wanted =
                products.lazy.compactMap(\.picture).first.map { ", a picture of the catalogue is '\($0)'" } ?? ""
            throw RecError(
                .invalidEmbeddings,
                path: folder,
                "There is no embedding of a picture of the catalogue\(given)\(wanted). Relative paths start from the "
                    + "catalogue's folder."
            )
        }
        if let backbone, let made = table.recipe["backbone"], made != backbone {
            throw RecError(.recipeMismatch, path: folder, "The embeddings are of \(made), not of \(backbone).")
        }
        if let weights { _ = try CNNFeatureExtractor(recipe: table.recipe, weights: weights) }
        table.recipe = table.recipe.aggregating(aggregation.setting)
        return table
    }

    private func buildIndex(
        of products: [Product],
        _ catalogue: CatalogueReport,
        _ embedder: ProductEmbedder<some Sendable>,
        _ journal: FeatureJournal?,
        _ table: EmbeddingTable? = nil
    ) async throws {
        var builder = IndexBuilder(space: embedder.space, capacity: products.count)
        if let weights { builder.notes[IndexedNetwork.weightsNote] = absolute(weights) }

        let bar = ProgressBar("indexing")
        let report: IndexingReport
        let index: Index
        do {
            defer { bar.finish() }
            report = try await embedder.embed(products) {
                try builder.add($0.product, $0.embedding)
            } progress: {
                bar.update($0)
            }
            bar.finish()
            index = try await build(builder)
        } catch is CancellationError {
            let kept = journal.map { "; \($0.count) finished pictures are kept in \($0.path)" } ?? ""
            Console.note("Stopped\(kept). Run the same command again to go on.")
            throw ExitCode.failure
        }
        try await index.write(to: out)
        if let journal { try? FileManager.default.removeItem(atPath: journal.path) }

        let summary = IndexSummary(
            catalogue: catalogue,
            products: products,
            report: report,
            usesPictures: weights != nil || table != nil,
            embeddings: table
        )
        Console.note(summary.text)
        Console.note("\(index.count) products indexed in \(out).")
        if summary.hasFailures { throw ExitCode.failure }
    }

    /// Makes the index, with codes when it is large enough for them to pay.
    private func build(_ builder: IndexBuilder) async throws -> Index {
        let bar = ProgressBar("preparing the search")
        defer { bar.finish() }
        return try await builder.build(graph: graph, threads: threads) { bar.update($0) }
    }

    /// The catalogue for messages; an address may have a password.
    private var place: String { Engine(address: catalog) == .postgres ? "the database" : catalog }

    private func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}

/// The values of `--aggregation`.
enum AggregationOption: String, ExpressibleByArgument, CaseIterable {
    case mean, first

    var setting: InputAggregation { self == .first ? .first : .mean }
}
