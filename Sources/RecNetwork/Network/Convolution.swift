/// A two-dimensional convolution (cross-correlation, as in every deep learning library).
///
/// Its parameters are `weight` in OIHW, where I is `inputs / groups`, and `bias` of `outputs` values if it has one. With
/// ``hasInputsFirst`` its weights are a matrix of inputs x outputs instead.
package struct Convolution: Sendable, Hashable {
    /// Channels of the input.
    package let inputs: Int
    /// Channels of the output.
    package let outputs: Int
    /// The window.
    package let window: SlidingWindow
    /// The number of independent groups of channels: 1 for an ordinary convolution, `inputs` for a depthwise one.
    package let groups: Int
    /// Whether it has a bias.
    package let hasBias: Bool
    /// Whether the weights lie as the right operand of a matrix product does.
    package let hasInputsFirst: Bool

    /// Creates a convolution.
    ///
    /// - Precondition: `groups` divides `inputs` and `outputs`; inputs come first only in a window of one element and
    ///   one group.
    package init(
        inputs: Int,
        outputs: Int,
        window: SlidingWindow,
        groups: Int = 1,
        hasBias: Bool = false,
        hasInputsFirst: Bool = false
    ) {
        precondition(!hasInputsFirst || groups == 1 && window.height == 1 && window.width == 1, "a matrix product")
        precondition(inputs > 0 && outputs > 0 && groups > 0, "a convolution without planes")
        precondition(inputs % groups == 0 && outputs % groups == 0, "groups must divide inputs and outputs")
        self.inputs = inputs
        self.outputs = outputs
        self.window = window
        self.groups = groups
        self.hasBias = hasBias
        self.hasInputsFirst = hasInputsFirst
    }

    /// Whether each channel has exactly one filter of its own.
    package var isDepthwise: Bool { groups == inputs && outputs == inputs }

    /// The shape of the weights.
    package var weightShape: [Int] {
        hasInputsFirst ? [inputs, outputs] : [outputs, inputs / groups, window.height, window.width]
    }
}
