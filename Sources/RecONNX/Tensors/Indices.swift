/// Places of elements in row-major tensors.
enum Indices {
    /// The distance between neighbours in each dimension.
    static func strides(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in strides.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
        return strides
    }

    /// The shape that shapes broadcast to as in NumPy, or `nil` when they do not fit.
    static func broadcast(_ shapes: [[Int]]) -> [Int]? {
        let rank = shapes.map(\.count).max() ?? 0
        var result = [Int](repeating: 1, count: rank)
        for shape in shapes {
            for (axis, size) in zip(rank - shape.count..<rank, shape) where size != 1 {
                guard result[axis] == 1 || result[axis] == size else { return nil }
                result[axis] = size
            }
        }
        return result
    }

    /// Strides with which a tensor is walked in the shape that it broadcasts to.
    static func broadcastStrides(_ shape: [Int], to target: [Int]) -> [Int] {
        let own = strides(shape)
        return target.indices.map { axis in
            let source = axis - (target.count - shape.count)
            return source < 0 || shape[source] == 1 ? 0 : own[source]
        }
    }

    /// The places of a tensor's elements in the shape that it broadcasts to; `nil` when it has that shape.
    static func places(_ shape: [Int], in target: [Int]) -> [Int]? {
        shape == target ? nil : walk(target, strides: broadcastStrides(shape, to: target))
    }

    /// `start + sum of index * stride` for every index of a shape, in row-major order.
    static func walk(_ shape: [Int], strides: [Int], start: Int = 0) -> [Int] {
        let count = shape.reduce(1, *)
        guard count > 0 else { return [] }
        guard let inner = shape.last, let step = strides.last else { return [start] }
        var result: [Int] = []
        result.reserveCapacity(count)
        var index = [Int](repeating: 0, count: shape.count)
        var place = start
        while true {
            for column in 0..<inner { result.append(place + column * step) }
            var axis = shape.count - 2
            while axis >= 0 {
                index[axis] += 1
                place += strides[axis]
                if index[axis] < shape[axis] { break }
                place -= strides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
            }
            if axis < 0 { return result }
        }
    }

    /// A shape seen around one axis: elements before it, along it, and after it.
    static func split(_ shape: [Int], at axis: Int) -> (outer: Int, length: Int, inner: Int) {
        (shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *))
    }

    /// A shape seen around a range of axes.
    static func split(_ shape: [Int], at axes: Range<Int>) -> (outer: Int, length: Int, inner: Int) {
        (
            shape[..<axes.lowerBound].reduce(1, *), shape[axes].reduce(1, *),
            shape[axes.upperBound...].reduce(1, *)
        )
    }
}
