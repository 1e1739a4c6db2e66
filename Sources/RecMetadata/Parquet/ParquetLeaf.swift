/// A column of values: a leaf of the schema's tree.
struct ParquetLeaf {
    /// The physical types that this reader knows, by their numbers.
    enum Kind: Int {
        case float = 4, double, bytes
    }

    /// The names from the root's child down to the leaf.
    let path: [String]
    /// The physical type's number.
    let type: Int
    /// The level of definition of a value that is there.
    let maximumDefinition: Int
    /// 0 for a value a row, 1 for a list a row; more for lists in lists.
    let maximumRepetition: Int
    /// The level of definition from which on a list has an element.
    let elementDefinition: Int

    /// Where the leaf's chunk is in each row group.
    let position: Int

    /// The type, if it is known.
    var kind: Kind? { Kind(rawValue: type) }

    /// The leaves of a schema, in the order in which row groups hold them.
    static func leaves(of elements: [ParquetSchemaElement]) throws(ParquetFault) -> [ParquetLeaf] {
        /// A group whose children are being read.
        struct Open {
            var path: [String]
            var childrenLeft: Int
            var definition: Int
            var repetition: Int
            var elementDefinition: Int
        }
        guard let root = elements.first, root.type == nil else { throw .damaged("it has no schema") }
        var open = [Open(path: [], childrenLeft: root.childCount, definition: 0, repetition: 0, elementDefinition: 0)]
        var leaves: [ParquetLeaf] = []
        for element in elements.dropFirst() {
            while let last = open.last, last.childrenLeft == 0 { open.removeLast() }
            guard var parent = open.popLast(), open.count < 64 else { throw .damaged("its schema does not add up") }
            parent.childrenLeft -= 1
            var node = parent
            open.append(parent)
            node.path.append(element.name)
            if element.repetition > 0 { node.definition += 1 }
            if element.repetition == 2 {
                node.repetition += 1
                node.elementDefinition = node.definition
            }
            if let type = element.type {
                leaves.append(
                    ParquetLeaf(
                        path: node.path,
                        type: type,
                        maximumDefinition: node.definition,
                        maximumRepetition: node.repetition,
                        elementDefinition: node.elementDefinition,
                        position: leaves.count
                    )
                )
            } else {
                node.childrenLeft = element.childCount
                open.append(node)
            }
        }
        guard open.allSatisfy({ $0.childrenLeft == 0 }) else { throw .damaged("its schema does not add up") }
        return leaves
    }
}
