import RecImage

/// Carries out commands, one after another.
final class Worker {
    private var network: PreparedNetwork?
    private var pipeline: PicturePipeline?
    private var index: OpenedIndex?

    /// Carries out one command.
    func answer(_ command: Command) async throws -> Answer {
        switch command.command {
        case "version": Answer(version: Self.version, arithmetics: Execution.arithmetics)
        case "load": try load(command)
        case "run": try run(command)
        case "features": try features(command)
        case "decode": try decode(command)
        case "tensors": try tensors(command)
        case "pixels": try pixels(command)
        case "open-pipeline": try openPipeline(command)
        case "pipeline": try await runPipeline(command)
        case "build-index": Answer(seconds: try await IndexBuilding.run(command).inSeconds)
        case "open-index": try await openIndex(command)
        case "variants": Answer(variants: try openedIndex().variants)
        case "search": try search(command)
        case "search-together": Answer(seconds: try await openedIndex().searchTogether(command).inSeconds)
        case "all-neighbors": try await allNeighbors(command)
        default: throw BenchError("no command '\(command.command)'")
        }
    }

    private static var version: String {
        #if DEBUG
        "debug build"
        #else
        "release build"
        #endif
    }

    private func load(_ command: Command) throws -> Answer {
        network = nil
        let opened = try PreparedNetwork(command)
        network = opened
        return Answer(
            seconds: opened.openingTime.inSeconds,
            parameterBytes: opened.parameterBytes,
            workspaceBytes: opened.workspaceBytes
        )
    }

    private func loadedNetwork() throws -> PreparedNetwork {
        guard let network else { throw BenchError("load a network first") }
        return network
    }

    private func run(_ command: Command) throws -> Answer {
        let count = try command.positive(command.count, "count")
        return Answer(seconds: try loadedNetwork().run(count: count).inSeconds)
    }

    private func features(_ command: Command) throws -> Answer {
        let features = try loadedNetwork().features()
        try FloatFile.write(features, to: command.required(command.output, "output"))
        return Answer(written: features.count)
    }

    private func decode(_ command: Command) throws -> Answer {
        let files = try command.required(command.files, "files")
        return Answer(seconds: try PictureDecoding(command).run(files).inSeconds)
    }

    private func tensors(_ command: Command) throws -> Answer {
        let decoding = try PictureDecoding(command)
        let numbers = try command.required(command.files, "files").flatMap { try decoding.tensor($0) }
        try FloatFile.write(numbers, to: command.required(command.output, "output"))
        return Answer(written: numbers.count)
    }

    private func pixels(_ command: Command) throws -> Answer {
        let picture = try PictureDecoding.picture(
            command.required(command.path, "path"),
            background: command.background
        )
        try FloatFile.write(picture.pixels, to: command.required(command.output, "output"))
        return Answer(written: picture.pixels.count, size: [picture.width, picture.height])
    }

    private func openPipeline(_ command: Command) throws -> Answer {
        pipeline = nil
        let opened = try PicturePipeline(command)
        pipeline = opened
        return Answer(seconds: opened.openingTime.inSeconds)
    }

    private func runPipeline(_ command: Command) async throws -> Answer {
        guard let pipeline else { throw BenchError("open a pipeline first") }
        let (embeddings, time) = try await pipeline.run(command.required(command.files, "files"))
        if let output = command.output { try FloatFile.write(embeddings, to: output) }
        return Answer(seconds: time.inSeconds, written: embeddings.count)
    }

    private func openIndex(_ command: Command) async throws -> Answer {
        index = nil
        let opened = try await OpenedIndex(command)
        index = opened
        return Answer(seconds: opened.openingTime.inSeconds)
    }

    private func openedIndex() throws -> OpenedIndex {
        guard let index else { throw BenchError("open an index first") }
        return index
    }

    private func search(_ command: Command) throws -> Answer {
        let (times, neighbors) = try openedIndex().search(command)
        return Answer(latencies: times.map(\.inSeconds), neighbors: neighbors)
    }

    private func allNeighbors(_ command: Command) async throws -> Answer {
        let (time, neighbors) = try await openedIndex().allNeighbors(command)
        return Answer(seconds: time.inSeconds, neighbors: neighbors)
    }
}

extension Duration {
    /// The duration as a number of seconds.
    var inSeconds: Double { self / .seconds(1) }
}
