/// The names of some attributes with their positions, shared by the products of a table.
package final class AttributeNames: Sendable {
    /// The names; no two are equal.
    package let names: [String]

    /// The position of each name, where there are too many names to look through them.
    private let positions: [String: Int]

    private static let few = 16

    package init(_ names: [String]) {
        self.names = names
        positions =
            names.count <= Self.few
            ? [:] : Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The position of a name.
    func position(of name: String) -> Int? {
        names.count <= Self.few ? names.firstIndex(of: name) : positions[name]
    }
}
