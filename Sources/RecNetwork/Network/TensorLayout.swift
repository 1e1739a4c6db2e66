/// The order of the values of a batch of feature maps in memory.
public enum TensorLayout: String, Sendable, Hashable {
    /// Images, then planes, then rows, then columns: what PyTorch calls contiguous.
    case nchw = "NCHW"

    /// How many floats one image takes in this layout.
    func floats(for shape: FeatureMapShape) -> Int { shape.count }
}
