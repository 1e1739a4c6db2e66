public import RecCore

/// A list of products that was shown beside a product, with those that were clicked or bought.
public struct ImpressionList: Sendable, Hashable {
    /// The product whose page showed the list.
    package let query: ProductID

    /// The products that were shown.
    package let shown: [ProductID]

    /// Those that were clicked.
    package let clicked: Set<ProductID>

    /// Creates a list.
    public init(query: ProductID, shown: [ProductID], clicked: Set<ProductID>) {
        self.query = query
        self.shown = shown
        self.clicked = clicked
    }
}
