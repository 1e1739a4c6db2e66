#if Milvus
import ArgumentParser
import RecCore
import RecEngines
import RecMilvus

/// The collection of an index that an address names: its path, and `candidates=N` for approximate searches.
struct MilvusCollectionName {
    /// The name of the collection.
    let name: String

    private let effort: MilvusIndex.Effort

    /// Reads the path and the parameters of an address.
    ///
    /// - Throws: `ValidationError` when no collection is named, or when a parameter means nothing.
    init(of address: MilvusAddress) throws {
        guard let name = address.collection else {
            throw ValidationError("The address \(address) does not name a collection. Add /COLLECTION to it.")
        }
        self.name = name
        var options = address.options
        effort =
            try options.removeValue(forKey: "candidates").map { text in
                guard let candidates = Int(text), (1...16_384).contains(candidates) else {
                    throw ValidationError("candidates is a number from 1 to 16384; this is \(text.debugDescription).")
                }
                return .approximate(candidates: candidates)
            } ?? .exact
        if let unknown = options.keys.min() {
            throw ValidationError(
                "An index has no parameter \(unknown.debugDescription). It has database and candidates."
            )
        }
    }

    func open(in client: MilvusClient) async throws -> MilvusIndex {
        var index = try await MilvusIndex.open(collection: name, in: client)
        index.effort = effort
        return index
    }

    /// Opens the index for a publication, or creates it with the space and the notes of another one.
    ///
    /// - Throws: `RecError` when a collection that is there lacks the graph that is asked for.
    func openOrCreate(
        for index: some AnnotatedIndex,
        in client: MilvusClient,
        replacing isReplacing: Bool,
        approximate: Bool
    ) async throws -> MilvusIndex {
        if !isReplacing {
            do {
                let index = try await MilvusIndex.open(collection: name, in: client, publishing: true)
                if approximate { try index.requireGraph() }
                return index
            } catch let error as RecError where error.code == .unknownCollection {
                // Creating throws what is wrong with a collection that is there.
            }
        }
        return try await MilvusIndex.create(
            collection: name,
            space: index.space,
            in: client,
            kind: approximate ? .graph() : .flat,
            replacing: isReplacing,
            notes: index.notes,
            publishing: true
        )
    }
}
#endif
