package import RecCore

extension EmbeddingSpace {
    /// Checks that a file's space has these blocks just so.
    ///
    /// - Throws: `RecError` with code `recipeMismatch`.
    package func check(_ expected: [EmbeddingSpace.Block], path: String) throws(RecError) {
        for block in expected {
            guard let found = blocks.first(where: { $0.name == block.name }) else {
                throw RecError(
                    .recipeMismatch,
                    path: path,
                    "It has no block '\(block.name)'. Build the index anew with that block."
                )
            }
            guard found != block else { continue }
            let reasons = found.differences(from: block).joined(separator: "; ")
            throw RecError(
                .recipeMismatch,
                path: path,
                "It was built with another recipe for block '\(block.name)' (\(reasons)). Use the settings it was "
                    + "built with, or build it anew."
            )
        }
    }
}
