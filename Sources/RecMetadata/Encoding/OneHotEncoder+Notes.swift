public import RecCore

extension OneHotEncoder {
    private static let unknownKey = "encoder.unknown"
    private static let missingKey = "encoder.missing"

    /// The policies of the encoder, to store in the notes of an index beside its space.
    ///
    /// ```swift
    /// builder.notes.merge(encoder.notes) { $1 }
    /// ```
    public var notes: [String: String] {
        [Self.unknownKey: unknown.rawValue, Self.missingKey: missing.rawValue]
    }

    /// The encoder that made the metadata block of an index.
    ///
    /// ```swift
    /// let encoder = try OneHotEncoder(space: index.space, notes: index.notes)
    /// ```
    /// - Parameters:
    ///   - space: The space of the index.
    ///   - notes: The notes of the index, including ``notes``. A missing policy has the default of
    ///     ``init(space:unknown:missing:)``.
    /// - Throws: `RecError` with code `noSharedBlock` when the space has no one-hot block `metadata`, `invalidSetting` when
    ///   the notes hold a policy that this version does not know.
    public init(space: EmbeddingSpace, notes: [String: String] = [:]) throws(RecError) {
        guard let attributes = space.blocks.first(where: { $0.name == .metadata })?.attributes else {
            throw RecError(.noSharedBlock, "The space has no block '\(BlockName.metadata)' of attributes to encode.")
        }
        self.init(
            space: attributes,
            unknown: try Self.policy(notes, Self.unknownKey) ?? .ignore,
            missing: try Self.policy(notes, Self.missingKey)
        )
    }

    private static func policy<Policy: RawRepresentable<String>>(
        _ notes: [String: String],
        _ key: String
    ) throws(RecError) -> Policy? {
        guard let text = notes[key] else { return nil }
        guard let policy = Policy(rawValue: text) else {
            throw RecError(
                .invalidSetting,
                "The note '\(key)' is '\(text)', which is no policy that this version knows."
            )
        }
        return policy
    }
}
