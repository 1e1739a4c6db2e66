/// Finds the ranges of a network's maps from pictures.
package struct RangeCalibration: Sendable {
    private let plan: Plan
    private var histograms: [String: ValueHistogram] = [:]

    /// Starts without pictures.
    ///
    /// - Precondition: The plan's arithmetic is ``ExecutionSettings/Arithmetic/exact``.
    package init(_ plan: Plan) {
        precondition(plan.settings.arithmetic == .exact, "the steps that a network in bytes has")
        self.plan = plan
    }

    /// Computes all maps of some images and counts their values.
    ///
    /// - Precondition: `pixels` has `count` images of the plan's input shape; the workspace was made for the plan.
    package mutating func add(_ pixels: Span<Float>, count: Int, workspace: Workspace) {
        let size = plan.input.count
        for first in stride(from: 0, to: count, by: plan.settings.batch) {
            let images = min(plan.settings.batch, count - first)
            let part = pixels.extracting(first * size..<(first + images) * size)
            plan.observe(part, count: images, workspace: workspace) { key, values in
                histograms[key, default: ValueHistogram()].add(values)
            }
        }
    }

    /// The ranges of the maps so far.
    package var ranges: ActivationRanges {
        ActivationRanges(ranges: histograms.mapValues(\.bestRange))
    }
}
