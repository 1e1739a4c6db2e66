/// A change between a feature map and the vector of its values in an order.
package enum Rearrangement: Sendable, Hashable {
    /// The vector holds the values of this map in CHW order.
    case planesToMap(FeatureMapShape)
    /// The vector gets the values of the map in CHW order.
    case mapToPlanes
    /// The vector holds the values of this map in HWC order: a row of channels for each position.
    case rowsToMap(FeatureMapShape)
    /// The vector gets the values of the map in HWC order.
    case mapToRows

    /// The shape of the output; `nil` when the input does not fit.
    func outputShape(_ input: FeatureMapShape) -> FeatureMapShape? {
        switch self {
        case .planesToMap(let map), .rowsToMap(let map):
            input == FeatureMapShape(channels: map.count) ? map : nil
        case .mapToPlanes, .mapToRows: FeatureMapShape(channels: input.count)
        }
    }
}
