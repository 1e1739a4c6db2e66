import ArgumentParser
import Foundation
import RecCore
import RecEvaluation
import RecImage
import RecMetadata
import RecNetwork

/// `rec-demo calibrate`: the ranges of a network's maps, for arithmetic in bytes, and what it loses and gains.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Find the ranges of a network's maps for arithmetic in bytes, and say what bytes lose and gain.",
        discussion: """
            The ranges are from pictures of the catalogue drawn at random, and are written beside the weights: \
            NAME.int8.json beside NAME. Other pictures are then embedded in floats and in bytes. The answer has the \
            cosine between both vectors, and the precision of the ten nearest pictures, where products that share a \
            value of the attribute are relevant. Intervals have 95 % confidence. Where the cosine is too small, the \
            layers that lose most stay in floats. It also has the times for a product: on some processors, bytes are \
            slower than floats.
            """
    )

    @OptionGroup var network: NetworkOptions

    @Option(help: ArgumentHelp("The catalogue: a folder, or a file in JSON Lines.", valueName: "path"))
    var catalog: String

    @Option(help: "How many pictures the ranges are from.")
    var pictures = 200

    @Option(help: "How many other pictures the loss is measured on.")
    var queries = 2000

    @Option(help: "The attribute whose values make products relevant to each other.")
    var relevantBy = "articleType"

    @Option(help: "A layer that stays in floats; may be given several times.")
    var floats: [String] = []

    @Option(help: "The mean cosine below which further layers stay in floats.")
    var leastCosine = 0.98

    @Option(help: "The seed of the draw and of the intervals.")
    var seed: UInt64 = 0

    @Option(help: "Batches of pictures worked on at the same time.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard pictures > 0, queries > 0 else { throw ValidationError("--pictures and --queries must be 1 or more.") }
        guard (1...1024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024.") }
        guard (-1...1).contains(leastCosine) else { throw ValidationError("--least-cosine must be from -1 to 1.") }
        guard network.arithmetic == .fastest else {
            throw ValidationError("calibrate compares int8 with floats; leave --arithmetic out.")
        }
    }

    func run() async throws {
        try await Failure.exiting {
            try await Interruption.cancelling { try await calibrate() }
        }
    }

    private func calibrate() async throws {
        let source = try CatalogueSource(catalog, query: nil)
        let products = try await source.reader.read().products.filter { !source.pictures($0).isEmpty }
        let drawn = CalibrationDraw(products, pictures: pictures, queries: queries, seed: seed)
        let found = try await ranges(from: drawn.calibrating.flatMap(source.pictures))
        var file = RangesText(
            weights: found.weights,
            layer: network.choice.layer,
            pictures: found.pictures,
            ranges: found.ranges
        )
        file.ranges.floatLayers = Set(floats)
        try file.write(beside: network.weights)

        let inFloats = try await vectors(of: drawn.measured, .fastest, source)
        var inBytes = try await vectors(of: drawn.measured, .int8, source)
        if inBytes.cosines(to: inFloats).mean < leastCosine {
            let order = try await sensitivity(file, drawn, inFloats, source)
            for layer in order {
                file.ranges.floatLayers.insert(layer)
                try file.write(beside: network.weights)
                let part = try await vectors(of: drawn.sensing, .int8, source)
                if part.cosines(to: inFloats).mean >= leastCosine { break }
            }
            inBytes = try await vectors(of: drawn.measured, .int8, source)
        }
        // Their files have been read, so that neither waits for the disk.
        let times = (
            floats: try await vectors(of: drawn.timed, .fastest, source).millisecondsPerProduct,
            bytes: try await vectors(of: drawn.timed, .int8, source).millisecondsPerProduct
        )
        let loss = try await CalibrationLoss(
            inFloats,
            inBytes,
            milliseconds: times,
            relevantBy: relevantBy,
            seed: seed,
            threads: threads
        )
        let path = RangesFile.path(beside: network.weights)
        let layers = file.ranges.floatLayers.sorted()
        try Console.result(json ? loss.json(path: path, floatLayers: layers).text : loss.text(path: path, layers))
    }

    /// Finds the ranges.
    private func ranges(
        from pictures: [PictureSource]
    ) async throws -> (ranges: ActivationRanges, pictures: Int, weights: String) {
        var settings = ExtractionSettings()
        try network.choice.apply(to: &settings)
        let extractor = try NetworkOptions.extractor(
            backbone: network.backbone,
            weights: network.weights,
            settings: settings,
            execution: ExecutionSettings(batch: 1, arithmetic: .exact)
        )
        guard let weights = extractor.recipe["weights"] else {
            throw RecError(.invalidSetting, "The network has no weights.")
        }
        let bar = ProgressBar("calibrating")
        defer { bar.finish() }
        let (ranges, count) = try await extractor.calibrate(with: pictures) { bar.update($0) }
        return (ranges, count, weights)
    }

    /// Embeds products with some arithmetic.
    private func vectors(
        of products: [Product],
        _ arithmetic: ExecutionSettings.Arithmetic,
        _ source: CatalogueSource
    ) async throws -> EmbeddedPictures {
        var settings = ExtractionSettings()
        try network.choice.apply(to: &settings)
        let extractor = try NetworkOptions.extractor(
            backbone: network.backbone,
            weights: network.weights,
            settings: settings,
            execution: ExecutionSettings(arithmetic: arithmetic)
        )
        let bar = ProgressBar(arithmetic.rawValue)
        defer { bar.finish() }
        let embedder = ProductEmbedder(extractor: extractor, threads: threads) { source.pictures($0) }
        var embedded: [EmbeddedProduct] = []
        let start = ContinuousClock.now
        _ = try await embedder.embed(products) {
            embedded.append($0)
        } progress: {
            bar.update($0)
        }
        return EmbeddedPictures(space: embedder.space, products: embedded, duration: .now - start)
    }

    /// The layers by what the network loses when they alone are in bytes, the most first.
    private func sensitivity(
        _ file: RangesText,
        _ drawn: CalibrationDraw,
        _ inFloats: EmbeddedPictures,
        _ source: CatalogueSource
    ) async throws -> [String] {
        let layers = file.ranges.ranges.keys.sorted().filter { !file.ranges.floatLayers.contains($0) }
        var losses: [(layer: String, loss: Double)] = []
        for layer in layers {
            try Task.checkCancellation()
            var alone = file
            alone.ranges.floatLayers = Set(layers).subtracting([layer]).union(file.ranges.floatLayers)
            try alone.write(beside: network.weights)
            let vectors = try await vectors(of: drawn.sensing, .int8, source)
            losses.append((layer, 1 - vectors.cosines(to: inFloats).mean))
        }
        losses.sort { ($1.loss, $0.layer) < ($0.loss, $1.layer) }
        for (layer, loss) in losses.prefix(5) { Console.note("\(layer) alone in bytes: cosine \(1 - loss).") }
        return losses.map(\.layer)
    }
}
