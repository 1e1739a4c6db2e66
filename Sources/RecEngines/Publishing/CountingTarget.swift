package import RecCore

/// A target that counts products by their scores in less time than it searches.
package protocol CountingTarget: PublishTarget {
    /// How far a score that products are counted by may be from that of a search.
    func margin(of query: SearchQuery) throws(RecError) -> Double

    /// Counts all products, and for each cut those above it that the query allows, all at one moment.
    func count(above cuts: [ScoreCut]) async throws -> (products: Int, above: [Int])
}
