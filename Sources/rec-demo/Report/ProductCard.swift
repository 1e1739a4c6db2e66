/// A product as the gallery page shows it: what it is and, for a neighbour, how near.
struct ProductCard: Sendable {
    /// The identifier in the catalogue.
    let id: String

    /// The name; the identifier stands in for an empty one.
    let title: String

    /// The attributes to show, in order.
    let attributes: [LabeledText]

    /// A small upright JPEG picture, or `nil` when the product has none.
    ///
    /// It is shown in a 3:4 frame.
    let thumbnail: [UInt8]?

    /// How near the product is to the query; `nil` for the query itself.
    var score: Double?

    /// The cosine of the image blocks, when both sides have one.
    var imageCosine: Double?

    /// The cosine of the metadata blocks, when both sides have one.
    var metadataCosine: Double?

    /// What the score is made of.
    var parts: [ScorePart] = []

    /// The title, or the identifier when the title is empty.
    var displayTitle: String { title.isEmpty ? "Product \(id)" : title }
}
