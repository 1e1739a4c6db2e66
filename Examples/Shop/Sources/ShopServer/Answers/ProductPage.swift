import RecCore

/// A page of the catalogue: `{"total": 187, "results": […]}`.
struct ProductPage: Encodable {
    let total: Int
    let results: [ProductLine]
}

extension Generation {
    /// The products that match, ascending by identifier.
    func page(matching filter: AttributeFilter?, offset: Int, count: Int) async throws -> ProductPage {
        let (ids, total) = try await index.index.matches(of: filter, offset: offset, count: count)
        let products = try await index.products(ids).compactMap(\.self)
        return ProductPage(total: total, results: products.map { ProductLine($0, pictures) })
    }
}
