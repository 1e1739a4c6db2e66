package import RecCore

/// Makes each call on an index that a publication has yet to fill.
///
/// - Parameters:
///   - index: The index, as others than the publisher see it.
///   - item: A product of its space.
/// - Returns: What went on regardless, or failed with another error; empty when all calls are refused.
package func unfinishedCalls(of index: some MutableSimilarityIndex, with item: EmbeddedProduct) async -> [String] {
    let query = SearchQuery(item.embedding, count: 3, contents: .all)
    let calls: [(name: String, body: () async throws -> Void)] = [
        ("productCount", { _ = try await index.productCount() }),
        ("attributeNames", { _ = try await index.attributeNames() }),
        ("products", { _ = try await index.products([item.product.id], .all) }),
        ("ids", { _ = try await index.ids(after: nil, count: 10) }),
        ("matches", { _ = try await index.matches(of: nil, offset: 0, count: 10) }),
        ("valueCounts", { _ = try await index.valueCounts(of: "colour") }),
        ("embeddings", { _ = try await index.embeddings(of: [item.product.id]) }),
        ("search", { _ = try await index.search([query]) }),
        ("upsert", { _ = try await index.change(upserting: [item], removing: []) }),
        ("remove", { _ = try await index.change(upserting: [], removing: [item.product.id]) }),
    ]
    var others: [String] = []
    for call in calls {
        do {
            try await call.body()
            others.append(call.name)
        } catch let error as RecError where error.code == .unfinishedIndex {
            continue
        } catch {
            others.append("\(call.name): \(error)")
        }
    }
    return others
}
