package import RecNetwork

/// The type of the elements of a tensor, and its shape.
package struct TensorType: Sendable, Hashable, CustomStringConvertible {
    /// The type of the elements.
    package var elementType: ElementType
    /// The shape, outermost dimension first; empty for a scalar.
    package var shape: [Int]

    /// Describes a tensor.
    package init(_ elementType: ElementType, _ shape: [Int]) {
        self.elementType = elementType
        self.shape = shape
    }

    /// The number of dimensions.
    package var rank: Int { shape.count }
    /// The number of elements.
    package var count: Int { shape.reduce(1, *) }

    /// As "F32[1, 3, 224, 224]".
    package var description: String { "\(elementType)\(shape)" }
}
