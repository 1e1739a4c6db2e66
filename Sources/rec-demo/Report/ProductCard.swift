/// A product as the gallery page shows it.
package struct ProductCard: Sendable {
    /// The identifier in the catalogue.
    let id: String

    /// The name; the identifier stands in for an empty one.
    let title: String

    /// The attributes to show, in order.
    let attributes: [LabeledText]

    /// The position of the product's picture in ``GalleryPage/pictures``, or `nil` when it has none.
    let picture: Int?

    /// Creates a card.
    package init(id: String, title: String, attributes: [LabeledText], picture: Int?) {
        self.id = id
        self.title = title
        self.attributes = attributes
        self.picture = picture
    }

    /// The title, or the identifier when the title is empty.
    var displayTitle: String { title.isEmpty ? "Product \(id)" : title }
}
