/// Scaled dot-product attention of several heads, over maps whose positions are tokens.
///
/// For each head, softmax(`scale` * Q K^T + mask) V (Vaswani et al. 2017, arXiv:1706.03762). Inputs are the maps of
/// queries, keys and values, which may be one map; the output has the channels of the heads one after the other.
package struct Attention: Sendable, Hashable {
    /// The channels that belong to the heads of a map: those of head h are the ``count`` from
    /// `first + h * stride` on.
    package struct Heads: Sendable, Hashable {
        /// The first channel of the first head.
        package let first: Int
        /// Channels from a head to the next.
        package let stride: Int
        /// Channels of a head.
        package let count: Int

        /// Describes the channels of the heads.
        package init(first: Int, stride: Int, count: Int) {
            self.first = first
            self.stride = stride
            self.count = count
        }

        /// Whether each head is whole blocks of channels, which the kernel needs.
        package var isBlocked: Bool {
            [first, stride, count].allSatisfy { $0 % BlockedShape.lanes == 0 } && count > 0 && first >= 0 && stride >= 0
        }

        func fits(_ shape: FeatureMapShape, heads: Int) -> Bool {
            isBlocked && first + (heads - 1) * stride + count <= shape.channels
        }
    }

    /// The number of heads.
    package let heads: Int
    /// The channels of queries, keys and values.
    package let queries: Heads
    package let keys: Heads
    package let values: Heads
    /// The factor of each score.
    package let scale: Float
    /// What is added to scores: a matrix of queries x keys for each head, one that all heads share, or nothing.
    package let mask: [Float]

    /// Creates a layer.
    ///
    /// - Precondition: There is a head; heads are whole blocks of channels, queries as long as keys.
    package init(heads: Int, queries: Heads, keys: Heads, values: Heads, scale: Float, mask: [Float] = []) {
        precondition(heads > 0 && queries.count == keys.count, "heads")
        precondition(queries.isBlocked && keys.isBlocked && values.isBlocked, "heads of whole blocks")
        self.heads = heads
        self.queries = queries
        self.keys = keys
        self.values = values
        self.scale = scale
        self.mask = mask
    }

    /// The shape of the output; `nil` when the inputs do not fit.
    func outputShape(_ inputs: [FeatureMapShape]) -> FeatureMapShape? {
        let (query, key, value) = (inputs[0], inputs[1], inputs[2])
        guard queries.fits(query, heads: heads), keys.fits(key, heads: heads), values.fits(value, heads: heads),
            key.pixels == value.pixels,
            mask.isEmpty || [1, heads].contains(where: { mask.count == $0 * query.pixels * key.pixels })
        else { return nil }
        return FeatureMapShape(channels: heads * values.count, height: query.height, width: query.width)
    }
}
