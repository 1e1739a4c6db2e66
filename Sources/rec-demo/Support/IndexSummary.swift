import RecCore
import RecMetadata

/// What `rec-demo index` says at its end: rows read, repaired and skipped, pictures missing and broken.
struct IndexSummary {
    let catalogue: CatalogueReport
    let products: [Product]
    let report: IndexingReport
    let usesPictures: Bool
    /// The embeddings that were made elsewhere, if the pictures' vectors are taken from such.
    var embeddings: EmbeddingTable?

    private static let shownFailures = 50

    /// The products among those chosen that have no picture, where pictures are used.
    private var withoutPicture: Int {
        usesPictures ? products.count { $0.picture == nil } : 0
    }

    /// Whether an item failed: a row was skipped, or a picture is missing or broken.
    var hasFailures: Bool {
        !catalogue.skipped.isEmpty || withoutPicture > 0 || !report.failures.isEmpty
            || embeddings.map { $0.faultCount > 0 } ?? false
    }

    /// The report as lines of text.
    var text: String {
        var catalogue = catalogue
        if !usesPictures { catalogue.missingPictures = CatalogueIssues() }
        var lines = [catalogue.summary()]
        if products.count != catalogue.productCount { lines.append("\(products.count) products sampled") }
        if usesPictures {
            let broken = report.failures.count { $0.block == .image }
            lines.append(
                "pictures: \(withoutPicture) missing, \(broken) broken, \(report.cached) kept from an earlier run"
            )
        }
        if let embeddings {
            lines.append(
                "embeddings: \(embeddings.rowCount) read, \(embeddings.unusedCount) without a product, "
                    + "\(embeddings.faultCount) unreadable"
            )
            lines += embeddings.unused.prefix(10).map { "  without a product: \($0)" }
            lines += embeddings.faults.map { "  \($0)" }
        }
        lines += report.failures.prefix(Self.shownFailures).map { "  \($0)" }
        if report.failures.count > Self.shownFailures {
            lines.append("  and \(report.failures.count - Self.shownFailures) more")
        }
        if report.failures.contains(where: { PictureOptions.couldBeAccepted($0.error) }) {
            lines.append("With --damaged accept, what can be decoded of truncated and damaged pictures is used.")
        }
        if let error = report.firstStoringError {
            lines.append("warning: \(report.unstored) pictures could not be kept in the journal: \(error)")
        }
        return lines.joined(separator: "\n")
    }
}
