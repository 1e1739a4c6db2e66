package import RecNetwork

/// A graph of operators: nodes in topological order, constants, inputs and outputs.
///
/// Values are known by their names, each of which is given once.
package struct ONNXGraph: Sendable {
    /// The name of the graph.
    package var name = ""
    /// The nodes; each comes after those whose outputs it uses.
    package var nodes: [ONNXNode] = []
    /// The constants of the file by name: initialisers, and the values of `Constant` nodes.
    package var constants: [String: ONNXConstant] = [:]
    /// The inputs that a caller gives: those that are not constants.
    package var inputs: [ONNXValueInfo] = []
    /// The outputs.
    package var outputs: [ONNXValueInfo] = []
}

/// The name of a value with the type and the shape that the file declares for it.
package struct ONNXValueInfo: Sendable, Hashable {
    /// One dimension of a declared shape.
    package enum Dimension: Sendable, Hashable {
        /// A size.
        case fixed(Int)
        /// A size that depends on the input, under a name or none.
        case free(String)
    }

    /// The name of the value.
    package let name: String
    /// The type of the elements; `nil` when the file does not declare one, or one that is not known here.
    package let elementType: ElementType?
    /// The shape; `nil` when even the rank is not declared.
    package let dimensions: [Dimension]?

    /// Describes a value.
    package init(name: String, elementType: ElementType?, dimensions: [Dimension]?) {
        self.name = name
        self.elementType = elementType
        self.dimensions = dimensions
    }

    /// The declared shape when each dimension is fixed.
    package var fixedShape: [Int]? {
        var shape: [Int] = []
        for dimension in dimensions ?? [.free("")] {
            guard case .fixed(let size) = dimension else { return nil }
            shape.append(size)
        }
        return shape
    }

    /// The declared shape as "[N, 3, 224, 224]".
    package var shapeText: String {
        guard let dimensions else { return "[...]" }
        let sizes = dimensions.map { dimension in
            switch dimension {
            case .fixed(let size): "\(size)"
            case .free(let name): name.isEmpty ? "?" : name
            }
        }
        return "[\(sizes.joined(separator: ", "))]"
    }
}
