import ArgumentParser
import Foundation
import RecCore
import RecFiles
import RecImage
import RecNetwork

/// `rec-demo embed`: one JSON object for each picture, in the order given.
struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Print the embedding of each picture as a line of JSON."
    )

    @OptionGroup var network: NetworkOptions

    @Option(help: "exact: Pillow's pixels; fast: reduced scale.")
    var decode = DecodingOption.exact

    @Option(help: "What to do with the EXIF orientation: apply or ignore.")
    var orientation = OrientationOption.apply

    @OptionGroup var pictures: PictureOptions

    @Flag(name: .customLong("no-normalize"), help: "Print the features as they are, not scaled to unit length.")
    var skipsNormalization = false

    @Option(help: "Batches worked on at the same time.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Pictures in a batch.")
    var batch = 8

    @Flag(
        name: .customLong("from-stdin"),
        help: ArgumentHelp(
            "Read the paths of the pictures from standard input, one a line.",
            discussion: """
                Each line has an answer, in the same order and as soon as it is known, so that another program can \
                drive this one.
                """
        )
    )
    var readsInput = false

    @Flag(name: .customLong("null"), help: "With --from-stdin: a zero byte ends each path, not a line feed.")
    var usesNUL = false

    @Option(
        help: ArgumentHelp(
            "Write what the embeddings depend on to this file, as index --embeddings needs it.",
            valueName: "file"
        )
    )
    var recipe: String?

    @Argument(help: "Picture files: JPEG, and what the package traits of this build add.")
    var images: [String] = []

    func validate() throws {
        guard (1...1024).contains(threads), (1...4096).contains(batch) else {
            throw ValidationError("--threads must be from 1 to 1024, --batch from 1 to 4096.")
        }
        guard images.isEmpty == readsInput else {
            throw ValidationError("Name picture files, or give --from-stdin, but not both.")
        }
        guard readsInput || !usesNUL else { throw ValidationError("--null belongs to --from-stdin.") }
    }

    func run() async throws {
        try await Failure.exiting { try await embedAll() }
    }

    private func embedAll() async throws {
        let settings = ExtractionSettings(
            decoding: decode.setting,
            orientation: orientation.setting,
            damage: pictures.damaged.setting,
            background: pictures.background
        )
        // One picture has all threads to itself; the features are the same bits.
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let execution = ExecutionSettings(threads: images.count == 1 ? min(threads, cores) : 1)
        let extractor = try network.extractor(settings: settings, execution: execution)
        if let recipe { try RecipeFile.write(extractor.recipe, to: recipe) }
        let batches =
            readsInput
            ? PathBatches(.standardInput, usesNUL: usesNUL, size: batch) : PathBatches(images, size: batch)
        // More tasks than cores would only keep this one, which writes the results, from its turn.
        let threads = min(threads, cores)
        var failed = false
        var inputError: (any Error)?
        try await withThrowingTaskGroup(of: Event.self) { group in
            var window = ReorderingWindow<[EmbedLine]>()
            var (isReading, isExhausted) = (false, false)
            while true {
                if !isReading, !isExhausted, window.running < threads, window.held < 2 * threads {
                    isReading = true
                    group.addTask {
                        do { return .paths(try await batches.next()) } catch { return .ended(error) }
                    }
                }
                guard let event = try await group.next() else { break }
                switch event {
                case .paths(let paths?):
                    isReading = false
                    let number = window.start()
                    group.addTask { .lines(number, try await embed(paths, with: extractor)) }
                case .paths(nil):
                    (isReading, isExhausted) = (false, true)
                case .ended(let error):
                    (isReading, isExhausted, inputError) = (false, true, error)
                case .lines(let number, let lines):
                    window.finish(number, lines)
                    while let lines = window.next() {
                        for line in lines {
                            try Console.result(line.json.text)
                            failed = failed || line.isFailure
                        }
                    }
                }
            }
        }
        if let inputError { throw inputError }
        if failed { throw ExitCode.failure }
    }

    private func embed(_ paths: [String], with extractor: CNNFeatureExtractor) async throws -> [EmbedLine] {
        let pictures = paths.map { PictureSource.file($0) }
        let results =
            if skipsNormalization {
                try await extractor.rawFeatures(of: pictures)
            } else {
                try await extractor.features(of: pictures).map { $0.map(\.components) }
            }
        return zip(paths, results).map { EmbedLine(path: $0, result: $1) }
    }
}

/// What a child task delivers.
private enum Event: Sendable {
    /// Paths that wait; `nil` at the end.
    case paths([String]?)
    /// The end of the paths, since they cannot be read.
    case ended(any Error)
    /// The results of a batch, with its number.
    case lines(Int, [EmbedLine])
}

/// What became of one picture.
private struct EmbedLine: Sendable {
    let path: String
    let result: Result<[Float], any Error>

    var isFailure: Bool {
        if case .failure = result { true } else { false }
    }

    var json: JSONValue {
        switch result {
        case .success(let features):
            .object([("path", .string(path)), ("embedding", .floats(features))])
        case .failure(let error):
            .object([("path", .string(path)), ("error", Failure.json(error))])
        }
    }
}

/// The values of `--decode`.
enum DecodingOption: String, ExpressibleByArgument, CaseIterable {
    case exact, fast

    var setting: ExtractionSettings.Decoding { self == .fast ? .fast : .exact }
}

/// The values of `--orientation`.
enum OrientationOption: String, ExpressibleByArgument, CaseIterable {
    case apply, ignore

    var setting: OrientationHandling { self == .apply ? .apply : .ignore }
}
