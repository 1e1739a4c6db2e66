/// The division of vectors and rows in ``ProductCodes``.
package struct CodeSettings: Sendable, Hashable {
    /// Chunks of 64 directions that are scanned for all rows.
    package let headChunks: Int

    /// Chunks of 64 directions in all.
    package let chunks: Int

    /// Lists of neighbouring rows.
    package let lists: Int

    /// - Precondition: There is a chunk and a list, and the head is part of all chunks.
    package init(headChunks: Int, chunks: Int, lists: Int) {
        precondition(headChunks > 0 && headChunks <= chunks && lists > 0, "a head within the chunks, and a list")
        self.headChunks = headChunks
        self.chunks = chunks
        self.lists = lists
    }

    /// Suitable settings for a number of rows and a dimension.
    ///
    /// A list holds about 256 rows, but there are at most 1,024 lists, since each query is compared with their centres.
    /// Short vectors are encoded completely; six chunks hold most of the variance of long ones.
    package static func automatic(count: Int, dimension: Int) -> CodeSettings {
        let whole = (dimension + CodeShape.chunk - 1) / CodeShape.chunk
        let chunks = whole <= 8 ? max(whole, 1) : 6
        let lists = min(max(count / 256, 16), 1024)
        return CodeSettings(headChunks: 1, chunks: chunks, lists: max(1, min(lists, count / CodeShape.lanes)))
    }
}
