#if Milvus
import Foundation
import RecCore
import RecIndex
import RecMilvus

extension MilvusServer {
    /// A name that no other test uses.
    static func name() -> String { "t_" + UUID().uuidString.lowercased().filter { $0 != "-" } }

    /// An index of some products in a collection of its own.
    func index(
        _ space: EmbeddingSpace,
        _ products: [EmbeddedProduct] = [],
        _ kind: MilvusIndexKind = .flat,
        client: MilvusClient? = nil
    ) async throws -> MilvusIndex {
        let client = if let client { client } else { try self.client() }
        let index = try await MilvusIndex.create(collection: Self.name(), space: space, in: client, kind: kind)
        if !products.isEmpty { try await index.upsert(products) }
        return index
    }

    /// A client whose round trips are counted.
    func countedClient() throws -> (client: MilvusClient, trips: RoundTrips) {
        let trips = RoundTrips(try client().transport)
        return (MilvusClient(try MilvusAddress(address), transport: trips), trips)
    }
}

/// An index in this process of the same products.
func localIndex(_ space: EmbeddingSpace, _ products: [EmbeddedProduct]) async throws -> Index {
    var builder = IndexBuilder(space: space)
    for item in products { try builder.add(item.product, item.embedding) }
    return try await builder.build()
}
#endif
