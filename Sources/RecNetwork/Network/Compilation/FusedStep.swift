/// A step before its kernel is chosen.
struct FusedStep: Sendable {
    /// The name of its layer; fused layers have no step of their own.
    let name: String
    /// The name, with a number where other layers have the same.
    let key: String
    /// The layer; `nil` for the rearrangement of the image.
    let fused: FusedLayer?
    /// Reads the parameters.
    let parameters: @Sendable () throws -> [Parameter.Role: [Float]]
    /// The values that are read, by their numbers, and their shapes.
    let inputs: [Int]
    let inputShapes: [FeatureMapShape]
    /// The value that is written, and its shape.
    let output: Int
    let shape: FeatureMapShape
}
