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

    /// The bytes of a ``Tensor`` of this type in memory.
    package var byteCount: Int { count * (elementType.isKeptAsFloat ? 4 : 8) }

    /// Whether there are few enough dimensions and elements for arithmetic on any of them.
    ///
    /// A dimension of 0 does not make the others harmless: products of some of them are formed, too.
    func isBounded(by limit: Int = ONNXLimits.elementCount) -> Bool {
        guard shape.count <= ONNXLimits.rank, shape.allSatisfy({ (0...OperatorContext.bound).contains($0) }),
            let product = shape.map({ max($0, 1) }).checkedProduct
        else { return false }
        return product <= limit
    }

    /// As "F32[1, 3, 224, 224]".
    package var description: String { "\(elementType)\(shape)" }
}
