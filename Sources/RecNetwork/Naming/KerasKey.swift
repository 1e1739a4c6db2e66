/// Which layer of a Keras file a tensor belongs to, and which of its weights it is.
struct KerasKey: Hashable {
    enum Part: String {
        case kernel
        case bias
        case gamma
        case beta
        case mean = "moving_mean"
        case variance = "moving_variance"
        /// The one variable of a layer that has no name for it.
        case variable
    }

    let layer: String
    let part: Part
}
