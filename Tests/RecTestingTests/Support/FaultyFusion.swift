import RecCore

/// The greatest cosine as a score, which breaks one promise.
struct FaultyFusion: Fusion {
    /// The promise that is broken; the text is what the suite says of it.
    enum Fault: String, CaseIterable, Sendable {
        /// Products without a common block have a score.
        case invented = "nothing to score"
        /// The score changes from call to call.
        case random = "equal cosines must give equal scores"
        /// Some scores are not numbers.
        case notANumber = "a score must be a number"
    }

    private let fault: Fault?

    init(_ fault: Fault?) { self.fault = fault }

    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? {
        let best = cosines.values.compactMap { $0 }.max()
        return switch fault {
        case .invented: best ?? 0
        case .random: best.map { _ in Double.random(in: 0...1) }
        case .notANumber: best.map { $0 < 0 ? Double.nan : $0 }
        case nil: best
        }
    }
}
