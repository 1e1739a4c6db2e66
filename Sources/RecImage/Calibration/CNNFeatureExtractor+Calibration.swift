package import RecCore
package import RecNetwork

extension CNNFeatureExtractor {
    /// Finds the ranges of the network's maps from pictures, off the caller's actor.
    ///
    /// - Parameters:
    ///   - pictures: The pictures; some hundreds of the catalogue are enough. Those that cannot be read are left out.
    ///   - progress: Gets the number of finished pictures.
    /// - Returns: The ranges, and how many pictures they are from.
    /// - Throws: `RecError` with code `emptyFile` when no picture can be read; `CancellationError` soon after the task is
    ///   cancelled.
    /// - Precondition: The extractor's arithmetic is `exact`.
    /// - Complexity: A run of the network for each picture, and counting all values of all maps.
    @concurrent
    package func calibrate(
        with pictures: [PictureSource],
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> (ranges: ActivationRanges, pictureCount: Int) {
        let reporter = ProgressReporter("calibrating", total: pictures.count, to: progress)
        var calibration = RangeCalibration(model.plan)
        let workspace = Workspace(for: model.plan)
        var count = 0
        for (number, picture) in pictures.enumerated() {
            try Task.checkCancellation()
            reporter.report(done: number)
            guard let loaded = try? await picture.loaded(), let input = try? prepared(loaded) else { continue }
            calibration.add(input.span, count: 1, workspace: workspace)
            count += 1
        }
        guard count > 0 else {
            throw RecError(.emptyFile, "None of the \(pictures.count) pictures for the ranges can be read.")
        }
        reporter.report(done: pictures.count)
        return (calibration.ranges, count)
    }
}
