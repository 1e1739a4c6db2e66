public import RecCore
internal import RecFiles
internal import RecIndex

extension MilvusIndex {
    /// The most time that Milvus may take to make or remove a collection.
    private static let patience = Duration.seconds(60)

    /// Creates a collection of an index without products, and loads it.
    ///
    /// - Parameters:
    ///   - name: The name: letters, digits and underscores, not a digit first; at most 255.
    ///   - space: The space of the embeddings; all blocks together have at most 32,768 components.
    ///   - client: Reaches the server.
    ///   - kind: How Milvus finds the vectors nearest to a query.
    ///   - shards: The parts that writes are divided among.
    ///   - replicas: The copies in memory, each on query nodes of its own. With one, searches throw for a while after a
    ///     node died.
    ///   - replacing: Whether an index of that name is removed first.
    ///   - notes: Texts to store with the index, by name.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `invalidSetting` for a name or a space that a collection cannot have, of kind
    ///   `conflict` when there is a collection of that name; `unreachable` and `deadlineExceeded`.
    public static func create(
        collection name: String,
        space: EmbeddingSpace,
        in client: MilvusClient,
        kind: MilvusIndexKind = .flat,
        shards: Int = 1,
        replicas: Int = 1,
        replacing: Bool = false,
        notes: [String: String] = [:]
    ) async throws -> MilvusIndex {
        try await create(
            collection: name,
            space: space,
            in: client,
            kind: kind,
            shards: shards,
            replicas: replicas,
            replacing: replacing,
            notes: notes,
            publishing: false
        )
    }

    /// Creates a collection, for a publication that fills it where `isPublishing`: nobody else can read or change it until
    /// ``finishPublishing()`` was called.
    package static func create(
        collection name: String,
        space: EmbeddingSpace,
        in client: MilvusClient,
        kind: MilvusIndexKind = .flat,
        shards: Int = 1,
        replicas: Int = 1,
        replacing: Bool = false,
        notes: [String: String] = [:],
        publishing isPublishing: Bool
    ) async throws -> MilvusIndex {
        let properties = CollectionProperties(space: space, kind: kind, notes: notes, isFinished: !isPublishing)
        let layout = try MilvusLayout(space, generation: properties.generation)
        try check(name, kind, shards: shards, replicas: replicas)
        if replacing { _ = try await removeOwn(name, client) }
        let blocks = space.blocks.map { "\($0.name) \($0.dimension)" }.joined(separator: ", ")
        let path = client.path(name)
        let request = CreateCollectionRequest(
            path,
            description: "Products; unit vectors: \(blocks)",
            fields: MilvusRow.fields(dimension: layout.dimension),
            shards: shards,
            consistency: Int64(MilvusConsistency.bounded.rawValue),
            properties: properties.pairs
        )
        // Milvus takes the creation of a collection that is there already for a repetition, if it is the same.
        guard try await client.description(of: name) == nil else { throw exists(name) }
        _ = try await client.call(request, deadline: patience)
        let index = CreateIndexRequest(path, field: MilvusRow.Field.vector, parameters: kind.parameters)
        _ = try await client.call(index, deadline: patience)
        let collection = MilvusCollection(
            client,
            path,
            layout,
            properties,
            copies: replicas,
            publishing: isPublishing
        )
        try await collection.load()
        try await collection.replicas.begin()
        return MilvusIndex(collection)
    }

    /// Opens an index, and loads its collection when it is not.
    ///
    /// - Parameters:
    ///   - name: The name of its collection.
    ///   - client: Reaches the server.
    ///   - replicas: The copies in memory when the collection has to be loaded.
    ///   - expected: Blocks that the index must have just so, such as those of an extractor.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `recipeMismatch` when a block was made by another recipe, of kind `configuration`
    ///   when there is no such index or it is of a newer version; `unreachable` and `deadlineExceeded`.
    public static func open(
        collection name: String,
        in client: MilvusClient,
        replicas: Int = 1,
        expecting expected: [EmbeddingSpace.Block] = []
    ) async throws -> MilvusIndex {
        try await open(collection: name, in: client, replicas: replicas, expecting: expected, publishing: false)
    }

    /// Opens an index, for a publication where `isPublishing`: also one that is not finished can be read and changed then.
    package static func open(
        collection name: String,
        in client: MilvusClient,
        replicas: Int = 1,
        expecting expected: [EmbeddingSpace.Block] = [],
        publishing isPublishing: Bool
    ) async throws -> MilvusIndex {
        guard let found = try await client.description(of: name) else { throw missing(name, client) }
        let properties = try CollectionProperties(found, name)
        let layout = try MilvusLayout(properties.space, generation: properties.generation)
        let dimension = found.fields.first { $0.name == MilvusRow.Field.vector }?.parameters["dim"]
        guard dimension == "\(layout.dimension)" else { throw CollectionProperties.foreign(name) }
        try layout.space.check(expected, path: name)
        let collection = MilvusCollection(
            client,
            client.path(name),
            layout,
            properties,
            copies: replicas,
            publishing: isPublishing
        )
        let state = try await client.call(CollectionRequest<GetLoadState>(collection.path))
        if state.state != LoadState.loaded { try await load(collection) }
        try await collection.replicas.begin()
        let index = MilvusIndex(collection)
        if isPublishing || properties.isFinished { _ = try await collection.learnPatterns(index.moment) }
        return index
    }

    /// Loads a collection; one whose creation was cut short still lacks its index and gets it.
    ///
    /// A graph gets the default links and candidates, since the properties do not hold others.
    private static func load(_ collection: MilvusCollection) async throws {
        do {
            try await collection.load()
        } catch let refusal as RecError where refusal.code == .milvusRefused {
            let kind: MilvusIndexKind = collection.hasGraph ? .graph() : .flat
            let index = CreateIndexRequest(
                collection.path,
                field: MilvusRow.Field.vector,
                parameters: kind.parameters
            )
            do {
                _ = try await collection.client.call(index, deadline: patience)
            } catch let error as RecError where error.code == .milvusRefused {
                throw refusal
            }
            try await collection.load()
        }
    }

    /// Removes the collection of an index.
    ///
    /// - Throws: `RecError` of kind `configuration` when the collection is not that of an index; nothing is removed then.
    public static func drop(collection name: String, in client: MilvusClient) async throws {
        guard try await removeOwn(name, client) else { throw missing(name, client) }
    }

    /// Removes an index, and nothing but an index; answers whether there was one.
    private static func removeOwn(_ name: String, _ client: MilvusClient) async throws -> Bool {
        guard let found = try await client.description(of: name) else { return false }
        _ = try CollectionProperties(found, name)
        _ = try await client.call(CollectionRequest<DropCollection>(client.path(name)), deadline: patience)
        return true
    }

    private static func missing(_ name: String, _ client: MilvusClient) -> RecError {
        RecError(
            .unknownCollection,
            "There is no collection '\(name)' in \(client.address). Create it, or look for its name."
        )
    }

    private static func exists(_ name: String) -> RecError {
        RecError(.collectionExists, "There is a collection '\(name)' already. Replace it, or use another name.")
    }

    private static func check(
        _ name: String,
        _ kind: MilvusIndexKind,
        shards: Int,
        replicas: Int
    ) throws(RecError) {
        let letters = name.utf8.enumerated().allSatisfy { position, byte in
            byte.isLetter || byte == UInt8(ascii: "_") || position > 0 && byte.isDigit
        }
        guard letters, (1...255).contains(name.utf8.count) else {
            throw RecError(
                .invalidSetting,
                "A collection cannot have the name '\(name.prefix(100))': it has letters, digits and underscores, no "
                    + "digit first, and 255 at most."
            )
        }
        guard (1...64).contains(shards), (1...64).contains(replicas) else {
            throw RecError(
                .invalidSetting,
                "A collection has 1 to 64 shards and replicas; these are \(shards) and \(replicas)."
            )
        }
        if case .graph(let links, let candidates) = kind {
            guard (2...2048).contains(links), (1...100_000).contains(candidates) else {
                throw RecError(
                    .invalidSetting,
                    "A graph has 2 to 2048 links, and 1 to 100000 candidates; these are \(links) and \(candidates)."
                )
            }
        }
    }
}
