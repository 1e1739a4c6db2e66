internal import RecCore
internal import RecFiles
internal import RecIndex

/// What the properties of a collection say about the index in it.
struct CollectionProperties: Sendable {
    let space: EmbeddingSpace
    /// Whether the vectors have a graph.
    let hasGraph: Bool
    /// A text that no other collection has, also none of the same name.
    let generation: String
    /// The host's texts by name.
    let notes: [String: String]
    /// Whether the products are complete, or a publication has yet to fill the collection.
    let isFinished: Bool

    /// The newest version; version 1 does not say whether a collection is finished, and all are.
    private static let format = 2

    private enum Key {
        static let format = "recommend.format"
        static let space = "recommend.space"
        static let graph = "recommend.graph"
        static let generation = "recommend.generation"
        static let notes = "recommend.notes"
        static let finished = "recommend.finished"
    }

    /// Describes a collection that is to be made.
    init(space: EmbeddingSpace, kind: MilvusIndexKind, notes: [String: String], isFinished: Bool) {
        self.isFinished = isFinished
        self.space = space
        hasGraph = kind != .flat
        generation = (0..<2).map { _ in String(UInt64.random(in: 0...UInt64.max), radix: 16) }.joined(separator: "-")
        self.notes = notes
    }

    /// Reads the properties of a collection.
    ///
    /// - Throws: `RecError` of kind `configuration` when it is no index, or one of a newer version.
    init(_ description: CollectionDescription, _ name: String) throws(RecError) {
        let properties = description.properties
        guard let text = properties[Key.format], let format = Int(text) else { throw Self.foreign(name) }
        guard format <= Self.format else {
            throw RecError(
                .newerCollection,
                "The collection '\(name)' has version \(format); this package reads \(Self.format) at most. Use a newer "
                    + "version of the package."
            )
        }
        guard let generation = properties[Key.generation],
            let space = Self.read(properties[Key.space], { try $0.readSpace() }),
            let notes = Self.read(properties[Key.notes], { try $0.readNotes() })
        else { throw Self.foreign(name) }
        self.space = space
        self.notes = notes
        self.generation = generation
        hasGraph = properties[Key.graph] == "true"
        isFinished = format < 2 || properties[Key.finished] == "true"
    }

    /// The property of a collection that is complete.
    static let finishedPair = (key: Key.finished, value: "true")

    /// The properties as names and values.
    var pairs: [(key: String, value: String)] {
        var (space, notes) = (ByteWriter(), ByteWriter())
        space.write(self.space)
        notes.write(self.notes)
        return [
            (Key.format, "\(Self.format)"), (Key.generation, generation), (Key.graph, "\(hasGraph)"),
            (Key.space, Base64.encode(space.bytes)), (Key.notes, Base64.encode(notes.bytes)),
            (Key.finished, "\(isFinished)"),
        ]
    }

    private static func read<Value>(_ text: String?, _ body: (inout ByteReader) throws -> Value) -> Value? {
        guard let bytes = text.flatMap({ Base64.decode($0) }) else { return nil }
        var reader = ByteReader(bytes)
        guard let value = try? body(&reader), reader.remaining == 0 else { return nil }
        return value
    }

    static func foreign(_ name: String) -> RecError {
        RecError(.unknownCollection, "The collection '\(name)' is not that of an index, or is damaged.")
    }
}

extension MilvusClient {
    /// A collection of the database that the address names.
    func path(_ name: String) -> CollectionPath { CollectionPath(name, database: address.database) }

    /// The description of a collection; `nil` when there is none.
    func description(of name: String) async throws -> CollectionDescription? {
        do {
            return try await call(CollectionRequest<DescribeCollection>(path(name)))
        } catch let error as RecError where error.code == .unknownCollection {
            return nil
        }
    }
}
