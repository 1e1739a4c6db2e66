package import RecFiles
package import RecNetwork

/// A tensor in memory: row-major numbers with a shape.
///
/// Types share three kinds of storage: binary64 is kept as `Double`, the other types of floating point as `Float`, and
/// integers and truths as `Int64`. A number is always one that its element type can hold.
package struct Tensor: Sendable, Hashable {
    /// The elements in row-major order.
    package enum Elements: Sendable, Hashable {
        case floats([Float])
        case doubles([Double])
        case integers([Int64])
    }

    /// Element type and shape.
    package let type: TensorType
    /// The elements in row-major order.
    package let elements: Elements

    /// The shape, outermost dimension first.
    package var shape: [Int] { type.shape }
    /// The type of the elements.
    package var elementType: ElementType { type.elementType }
    /// The number of elements.
    package var count: Int {
        switch elements {
        case .floats(let values): values.count
        case .doubles(let values): values.count
        case .integers(let values): values.count
        }
    }

    /// A tensor of elements that its type can hold.
    init(type: TensorType, elements: Elements) {
        self.type = type
        self.elements = elements
        precondition(count == type.count, "as many elements as the shape has places")
    }

    /// A tensor of 32-bit floats.
    package init(_ values: [Float], shape: [Int]) {
        self.init(type: TensorType(.float32, shape), elements: .floats(values))
    }

    /// A tensor of numbers, each rounded to the nearest that the element type holds; integers are truncated and wrap.
    package init(_ values: [Double], _ type: TensorType) {
        let elementType = type.elementType
        if elementType == .float64 {
            self.init(type: type, elements: .doubles(values))
        } else if elementType.isFloatingPoint {
            self.init(type: type, elements: .floats(values.map { elementType.rounded($0) }))
        } else {
            self.init(type: type, elements: .integers(values.map { elementType.wrapped($0) }))
        }
    }

    /// A tensor of integers or truths that wrap to the width of their type, or of floats.
    package init(_ values: [Int64], _ type: TensorType) {
        let elementType = type.elementType
        if elementType == .int64 {
            self.init(type: type, elements: .integers(values))
        } else if elementType.isFloatingPoint {
            self.init(values.map { Double($0) }, type)
        } else {
            self.init(type: type, elements: .integers(values.map { elementType.wrapped($0) }))
        }
    }

    /// A vector of 64-bit integers, as shapes and axes are.
    package init(integers: [Int]) {
        self.init(integers.map { Int64($0) }, TensorType(.int64, [integers.count]))
    }

    /// A tensor in a mapped file, or `nil` when it does not lie within the file.
    package init?(_ file: MappedFile, offset: Int, type: TensorType) {
        let encoding = type.elementType.encoding
        guard let count = type.shape.checkedProduct else { return nil }
        if type.elementType == .float64 {
            guard let values = file.doubles(at: offset, count: count) else { return nil }
            self.init(type: type, elements: .doubles(values))
        } else if type.elementType.isFloatingPoint {
            guard let values = file.floats(at: offset, count: count, encoding: encoding) else { return nil }
            self.init(type: type, elements: .floats(values))
        } else {
            guard let values = file.integers(at: offset, count: count, encoding: encoding) else { return nil }
            self.init(type: type, elements: .integers(values))
        }
    }

    /// The same elements in another shape of the same size.
    package func reshaped(_ shape: [Int]) -> Tensor {
        Tensor(type: TensorType(elementType, shape), elements: elements)
    }

    /// The first element in all places of a shape.
    package func repeated(shape: [Int]) -> Tensor {
        let type = TensorType(elementType, shape)
        return switch elements {
        case .floats(let values): Tensor(type: type, elements: .floats(Array(repeating: values[0], count: type.count)))
        case .doubles(let values):
            Tensor(type: type, elements: .doubles(Array(repeating: values[0], count: type.count)))
        case .integers(let values):
            Tensor(type: type, elements: .integers(Array(repeating: values[0], count: type.count)))
        }
    }

    /// The elements at some places, in a new shape; the place -1 stands for zero.
    package func picking(_ places: [Int], shape: [Int]) -> Tensor {
        let type = TensorType(elementType, shape)
        return switch elements {
        case .floats(let values): Tensor(type: type, elements: .floats(places.map { $0 < 0 ? 0 : values[$0] }))
        case .doubles(let values): Tensor(type: type, elements: .doubles(places.map { $0 < 0 ? 0 : values[$0] }))
        case .integers(let values): Tensor(type: type, elements: .integers(places.map { $0 < 0 ? 0 : values[$0] }))
        }
    }

    /// The elements as `Double`; integers beyond 2^53 are rounded.
    package var doubles: [Double] {
        switch elements {
        case .floats(let values): values.map { Double($0) }
        case .doubles(let values): values
        case .integers(let values): values.map { Double($0) }
        }
    }

    /// The elements as `Float`, rounded to the nearest.
    package var floats: [Float] {
        switch elements {
        case .floats(let values): values
        case .doubles(let values): values.map { Float($0) }
        case .integers(let values): values.map { Float($0) }
        }
    }

    /// The elements as integers; floats are truncated and wrap.
    package var integers: [Int64] {
        switch elements {
        case .floats(let values): values.map { ElementType.int64.wrapped(Double($0)) }
        case .doubles(let values): values.map { ElementType.int64.wrapped($0) }
        case .integers(let values): values
        }
    }
}
