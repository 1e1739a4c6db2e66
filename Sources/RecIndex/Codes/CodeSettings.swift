/// How ``ProductCodes`` divide a vector and the rows.
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

    /// What suits so many rows of so many floats.
    ///
    /// A list holds about 256 rows, but no more than 1,024 lists are kept: their centres are compared with each query.
    /// Short vectors are described whole; of long ones six chunks hold most of the variance.
    package static func automatic(count: Int, dimension: Int) -> CodeSettings {
        let whole = (dimension + CodeShape.chunk - 1) / CodeShape.chunk
        let chunks = whole <= 8 ? max(whole, 1) : 6
        let lists = min(max(count / 256, 16), 1024)
        return CodeSettings(headChunks: 1, chunks: chunks, lists: max(1, min(lists, count / CodeShape.lanes)))
    }
}
