/// A label with its text: a fact about the index, or an attribute of a product.
package struct LabeledText: Hashable, Sendable {
    /// What the text is about; attribute names as the catalogue spells them, such as `baseColour`.
    package let label: String

    /// The text.
    package let text: String

    /// Creates a label with its text.
    package init(_ label: String, _ text: String) {
        self.label = label
        self.text = text
    }
}
