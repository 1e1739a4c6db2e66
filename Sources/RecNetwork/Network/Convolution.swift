/// A two-dimensional convolution (cross-correlation, as in every deep learning library).
///
/// Its parameters are `weight` in OIHW, where I is `inputs / groups`, and `bias` of `outputs` values if it has one.
package struct Convolution: Sendable, Hashable {
    /// Planes of the input.
    package let inputs: Int
    /// Planes of the output.
    package let outputs: Int
    /// The window.
    package let window: SlidingWindow
    /// Groups of planes that do not see each other: 1 for an ordinary convolution, `inputs` for a depthwise one.
    package let groups: Int
    /// Whether it has a bias.
    package let hasBias: Bool

    /// Creates a convolution.
    ///
    /// - Precondition: `groups` divides `inputs` and `outputs`.
    package init(inputs: Int, outputs: Int, window: SlidingWindow, groups: Int = 1, hasBias: Bool = false) {
        precondition(inputs > 0 && outputs > 0 && groups > 0, "a convolution without planes")
        precondition(inputs % groups == 0 && outputs % groups == 0, "groups must divide inputs and outputs")
        self.inputs = inputs
        self.outputs = outputs
        self.window = window
        self.groups = groups
        self.hasBias = hasBias
    }

    /// Whether each plane has a filter of its own and nothing else.
    package var isDepthwise: Bool { groups == inputs && outputs == inputs }

    /// The shape of the weights, OIHW.
    package var weightShape: [Int] { [outputs, inputs / groups, window.height, window.width] }
}
