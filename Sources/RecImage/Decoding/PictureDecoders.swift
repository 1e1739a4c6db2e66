internal import RecCore

/// A list of decoders; the content of a file selects one.
public struct PictureDecoders: Sendable {
    /// The decoders in order of precedence.
    let decoders: [any PictureDecoder]

    /// Creates a list; ``CNNFeatureExtractor`` refuses an empty one.
    public init(_ decoders: [any PictureDecoder]) {
        self.decoders = decoders
    }

    /// The list with one more decoder, which takes precedence over the others.
    public func adding(_ decoder: some PictureDecoder) -> PictureDecoders {
        PictureDecoders([decoder] + decoders)
    }

    /// The first decoder that recognises a file.
    ///
    /// - Throws: `RecError` with code `emptyFile` or `unknownPictureFormat`, whose message names the probable format of
    ///   the file; `invalidSetting` when the list is empty.
    func decoder(for bytes: Span<UInt8>) throws -> any PictureDecoder {
        if decoders.isEmpty {
            throw RecError(.invalidSetting, "There is no decoder; 'decoders' must have one at least.")
        }
        if bytes.isEmpty { throw RecError(.emptyFile, "the file is empty; \(formats) picture was expected") }
        for decoder in decoders where decoder.recognizes(bytes) { return decoder }
        let guess = ContentGuess(of: bytes)
        if let trait = guess.trait, !Self.builtIn.names.contains(trait) {
            throw RecError(
                .unknownPictureFormat,
                "this is \(guess.name), and the program was built without a decoder for it: enable the package trait "
                    + "'\(trait)' or 'AllPictures', or convert the picture to \(names[0]) first"
            )
        }
        throw RecError(
            .unknownPictureFormat,
            "this is \(guess.name), not \(formats); convert it to \(names[0]) first"
        )
    }

    private var names: [String] {
        var names: [String] = []
        for decoder in decoders where !names.contains(decoder.formatName) { names.append(decoder.formatName) }
        return names
    }

    /// The formats as alternatives, with an article: `a JPEG, PNG or WebP`.
    private var formats: String {
        let names = names
        let article = names[0].first.map { "AEIOU".contains($0) } == true ? "an" : "a"
        guard names.count > 1, let last = names.last else { return "\(article) \(names[0])" }
        return "\(article) \(names.dropLast().joined(separator: ", ")) or \(last)"
    }
}
