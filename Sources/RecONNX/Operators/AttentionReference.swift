internal import Foundation
internal import RecNetwork

/// The sums of an attention, head by head, in double precision.
struct AttentionReference {
    private let sizes: AttentionSizes
    private let attributes: AttentionAttributes
    private let query: [Double]
    private let key: [Double]
    private let value: [Double]
    private let mask: [Double]?
    private let lengths: [Int64]?
    /// Whether the heads lie within the last axis.
    private let isFlat: Bool

    init(_ sizes: AttentionSizes, _ attributes: AttentionAttributes, _ values: Values) throws {
        self.sizes = sizes
        self.attributes = attributes
        isFlat = try values[0].type.rank == 3
        query = Self.headFirst(try values[0], sizes.heads)
        key = Self.joined(values.optional(4), Self.headFirst(try values[1], sizes.keyHeads), sizes, sizes.size)
        value = Self.joined(values.optional(5), Self.headFirst(try values[2], sizes.keyHeads), sizes, sizes.valueSize)
        mask = values.optional(3).map { Self.bias($0, sizes) }
        lengths = values.optional(6)?.integers
    }

    /// Output, keys, values and products, in this order.
    func run() -> [[Double]] {
        var output = [Double](repeating: 0, count: sizes.batch * sizes.heads * sizes.length * sizes.valueSize)
        var products: [Double] = []
        for row in 0..<sizes.batch * sizes.heads * sizes.length {
            let (scores, kept) = scores(row)
            products += kept
            let source = keyHead(row) * sizes.total
            for index in 0..<sizes.total where scores[index] != 0 {
                for feature in 0..<sizes.valueSize {
                    output[row * sizes.valueSize + feature] +=
                        scores[index] * value[(source + index) * sizes.valueSize + feature]
                }
            }
        }
        return [isFlat ? headLast(output) : output, key, value, products]
    }

    /// The head of keys, counted through the batch, that a row of queries looks at.
    private func keyHead(_ row: Int) -> Int {
        let head = row / sizes.length
        let image = head / sizes.heads
        return image * sizes.keyHeads + head % sizes.heads / (sizes.heads / sizes.keyHeads)
    }

    /// The weights of all keys for one query, and what the node shows of their making.
    private func scores(_ row: Int) -> (weights: [Double], kept: [Double]) {
        let source = keyHead(row) * sizes.total
        let scale = attributes.scale ?? 1 / Double(sizes.size).squareRoot()
        var products = (0..<sizes.total).map { index in
            (0..<sizes.size).reduce(0) { sum, feature in
                sum + query[row * sizes.size + feature] * key[(source + index) * sizes.size + feature]
            } * scale
        }
        let plain = products
        if attributes.softcap > 0 { products = products.map { attributes.softcap * tanh($0 / attributes.softcap) } }
        let capped = products
        let bias = (0..<sizes.total).map { self.bias(row, $0) }
        products = zip(products, bias).map { $0 + $1 }
        var weights = SoftmaxOperators.softmax(products)
        if attributes.zeroesMaskedRows, bias.allSatisfy({ $0 == -.infinity }) {
            weights = [Double](repeating: 0, count: weights.count)
        }
        let kept =
            switch attributes.outputMode {
            case 1: capped
            case 2: products
            case 3: weights
            default: attributes.softcap > 0 ? capped : plain
            }
        return (weights, kept)
    }

    /// What is added to the product of a query and a key: 0 or a mask's number, negative infinity for a key that the
    /// query must not see.
    private func bias(_ row: Int, _ index: Int) -> Double {
        let step = row % sizes.length
        let image = row / (sizes.length * sizes.heads)
        var position = step + sizes.past
        if attributes.zeroesMaskedRows, sizes.past == 0, let lengths {
            position = step + Int(lengths[image]) - sizes.length
        }
        if attributes.isCausal, index > position { return -.infinity }
        if attributes.windowBefore >= 0, index < position - attributes.windowBefore { return -.infinity }
        if attributes.windowBehind >= 0, index > position + attributes.windowBehind { return -.infinity }
        if let lengths, index >= lengths[image] { return -.infinity }
        return mask?[row * sizes.total + index] ?? 0
    }

    /// A mask in the shape of all products; truths become 0 or negative infinity, and so do keys behind its end.
    private static func bias(_ mask: Tensor, _ sizes: AttentionSizes) -> [Double] {
        let isTruth = mask.elementType == .bool
        var shape = mask.shape
        let last = shape.removeLast()
        let full = [sizes.batch, sizes.heads, sizes.length]
        let strides = Indices.broadcastStrides(shape, to: full)
        let numbers = mask.doubles
        return Indices.walk(full, strides: strides).flatMap { row in
            (0..<sizes.total).map { index in
                guard index < last else { return -.infinity }
                let number = numbers[row * last + index]
                return isTruth ? (number == 0 ? -.infinity : 0) : number
            }
        }
    }

    /// A tensor of rank 3 as one of rank 4: batch, heads, steps, features.
    private static func headFirst(_ tensor: Tensor, _ heads: Int) -> [Double] {
        guard tensor.type.rank == 3 else { return tensor.doubles }
        let (batch, length, size) = (tensor.shape[0], tensor.shape[1], tensor.shape[2] / heads)
        let numbers = tensor.doubles
        let strides = [length * heads * size, size, heads * size, 1]
        return Indices.walk([batch, heads, length, size], strides: strides).map { numbers[$0] }
    }

    private func headLast(_ numbers: [Double]) -> [Double] {
        let (heads, length, size) = (sizes.heads, sizes.length, sizes.valueSize)
        let strides = [heads * length * size, size, length * size, 1]
        return Indices.walk([sizes.batch, length, heads, size], strides: strides).map { numbers[$0] }
    }

    /// The cache with what is new behind it, for each head.
    private static func joined(_ past: Tensor?, _ new: [Double], _ sizes: AttentionSizes, _ size: Int) -> [Double] {
        guard sizes.past > 0, let past = past?.doubles else { return new }
        let (old, fresh) = (sizes.past * size, (sizes.total - sizes.past) * size)
        var result: [Double] = []
        for head in 0..<sizes.batch * sizes.keyHeads {
            result += past[head * old..<(head + 1) * old]
            result += new[head * fresh..<(head + 1) * fresh]
        }
        return result
    }
}
