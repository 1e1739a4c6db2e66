import RecImage

/// From picture files to the numbers that a ResNet50 of torchvision takes.
struct PictureDecoding {
    private let reader = PictureReader()
    private let scale: DecodingScale
    private let preprocessing = Preprocessing.torchvisionV1

    /// A decoder for the mode of a command.
    init(_ command: Command) throws {
        scale = try ExtractionSettings.Decoding(command) == .fast ? preprocessing.fastScale : .full
    }

    /// The numbers of one file, CHW.
    func tensor(_ path: String) throws -> [Float] {
        try preprocessing.tensor(of: .file(path), using: reader, scale: scale)
    }

    /// All pixels of one file, upright, on a background; white by default.
    static func picture(_ path: String, background: String?) throws -> RGBImage {
        guard let color = RGBColor(background ?? "#ffffff") else { throw BenchError("no colour '\(background ?? "")'") }
        return try PictureReader(background: color).read(.file(path)).image
    }

    /// Decodes files one after another.
    func run(_ files: [String]) throws -> Duration {
        let start = ContinuousClock.now
        for file in files {
            guard try !tensor(file).isEmpty else { throw BenchError("\(file) gave no numbers") }
        }
        return ContinuousClock.now - start
    }
}

extension ExtractionSettings.Decoding {
    /// The mode that a command asks for.
    init(_ command: Command) throws {
        let mode = try command.required(command.mode, "mode")
        guard let decoding = Self(rawValue: mode) else { throw BenchError("no mode '\(mode)'; there is: exact, fast") }
        self = decoding
    }
}
