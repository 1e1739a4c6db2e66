/// What a network in bytes needs to know beside its weights: the range of each map, and the layers that stay in floats.
///
/// Maps and layers are named as in `Plan.stepNames` of a plan with ``ExecutionSettings/Arithmetic/exact``.
package struct ActivationRanges: Sendable, Hashable {
    /// The range of the map that a step writes, by the name of the step.
    package var ranges: [String: ActivationRange]
    /// The layers that stay in floats.
    package var floatLayers: Set<String>

    package init(ranges: [String: ActivationRange], floatLayers: Set<String> = []) {
        self.ranges = ranges
        self.floatLayers = floatLayers
    }
}
