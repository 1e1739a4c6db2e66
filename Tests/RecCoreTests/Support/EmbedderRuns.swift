import RecCore

/// Products with a colour and a picture each.
func catalogue(_ count: Int) -> [Product] {
    (0..<count).map { number in
        Product(
            id: ProductID("\(number)"),
            attributes: ["colour": number % 2 == 0 ? "Red" : "Blue"],
            picture: "\(number).jpg"
        )
    }
}

/// What an embedder delivers and reports.
func run(
    _ embedder: ProductEmbedder<some Sendable>,
    _ products: [Product]
) async throws -> ([EmbeddedProduct], IndexingReport) {
    var received: [EmbeddedProduct] = []
    let report = try await embedder.embed(products) { received.append($0) }
    return (received, report)
}
