package import RecCore
import RecMath

extension Recommendation {
    /// Why the product is there, in words.
    package var reasons: String {
        let parts = parts.filter { $0.value != 0 }.map(\.description).joined(separator: ", ")
        let origin = isPinned ? "pinned; " : because.map { "mostly for \($0): " } ?? ""
        let nearer = percentile.map { "; nearer than \($0.decimals(1)) of 100 random pairs" } ?? ""
        return origin + parts + nearer
    }
}
