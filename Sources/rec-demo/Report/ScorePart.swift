/// What one block, or one attribute of the metadata block, adds to a score.
struct ScorePart: Sendable {
    /// The name of the block or attribute: `image`, `metadata`, `gender`, ...
    let name: String

    /// The weighted part; all parts of a card add up to its score.
    let value: Double

    /// Whether the part stems from the picture.
    var isImage: Bool { name == "image" }

    /// The name as a shop owner would say it.
    var label: String {
        switch name {
        case "image": "picture"
        case "metadata": "attributes"
        default: HTML.words(name)
        }
    }
}
