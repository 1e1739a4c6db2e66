import Foundation
import RecCore
import RecEvaluation
import RecIndex
import RecMetadata

/// Prints what post-processing and learned weights do to the recommendations of a real catalogue, as a Markdown table; or
/// what shaping an answer takes beyond the index's own searches.
///
///     rec-quality [--costs] VECTORS DIMENSION IDS STYLES.CSV
///
/// VECTORS holds 32-bit little-endian floats, one vector after another; IDS their products, one a line. Half of the
/// products, drawn by chance, is what steps are fitted to and weights are learned from; queries are drawn from the other
/// half, and all products answer them. The attribute `articleType` judges.
@main
enum RecQuality {
    static func main() async throws {
        let arguments = CommandLine.arguments.filter { $0 != "--costs" }
        guard arguments.count == 5, let dimension = Int(arguments[2]), dimension > 0 else {
            FileHandle.standardError.write(Data("usage: rec-quality [--costs] VECTORS DIMENSION IDS STYLES.CSV\n".utf8))
            exit(64)
        }
        let catalogue = try await QualityCatalogue(
            vectors: arguments[1],
            dimension: dimension,
            ids: arguments[3],
            styles: arguments[4]
        )
        if CommandLine.arguments.contains("--costs") {
            for row in try RecommendationCosts(index: await catalogue.index()).table { line(row) }
            return
        }
        line("precision@10 on \(catalogue.testQueries.count) queries that nothing was fitted on")
        line("| post-processing | components | fitted in | image alone | equal weights | learned weights |")
        line("|---|---:|---:|---:|---:|---:|")
        for (name, plan) in plans {
            let start = ContinuousClock.now
            let transform: EmbeddingTransform? = if let plan { try await catalogue.fit(plan) } else { nil }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let made = try catalogue.transformed(by: transform)
            let index = try await made.index()
            let report = try await WeightLearner().learn(
                from: .sharing(QualityCatalogue.judge),
                on: index,
                queries: catalogue.fitQueries
            )
            let weights = report.recommended
            let image = try catalogue.precision(of: index, Weighting(BlockWeights(image: 1)))
            let standard = try catalogue.precision(of: index, .standard)
            let best = try catalogue.precision(of: index, weights)
            let fitted = plan == nil ? "" : String(format: "%.1f s", seconds)
            let figures = String(format: "%.4f | %.4f | %.4f", image, standard, best)
            line("| \(name) | \(made.dimension ?? dimension) | \(fitted) | \(figures) |")
            FileHandle.standardError.write(Data("\(name): \(report)\n".utf8))
        }
    }

    /// Prints a line at once, so that a table that is written to a file can be watched.
    private static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    private static let plans: [(String, PostProcessing?)] = [
        ("none", nil),
        ("centring", PostProcessing(projection: .centring)),
        ("square root", PostProcessing(power: 0.5)),
        ("PCA 512, whitening", PostProcessing(projection: .principalComponents(dimension: 512, exponent: -0.5))),
        (
            "square root, PCA 512, exponent -0.25",
            PostProcessing(power: 0.5, projection: .principalComponents(dimension: 512, exponent: -0.25))
        ),
        (
            "square root, discriminants of articleType",
            PostProcessing(power: 0.5, projection: .discriminants())
        ),
    ]
}
