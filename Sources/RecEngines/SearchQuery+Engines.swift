package import RecCore

extension SearchQuery {
    /// The names of attributes that products must have for the query to make sense.
    package var attributeNames: Set<String> {
        (filter?.attributes ?? []).union(groups.map(\.attribute))
    }

    /// Checks that an engine can answer the query, but for the names of attributes.
    ///
    /// - Parameters:
    ///   - place: What the engine searches in, such as "table".
    ///   - space: The space of the embeddings.
    /// - Throws: `RecError` with code `unsupportedFusion` for a formula of the host's own, and as a search in this process
    ///   does.
    package func validate(inEngine place: String, _ space: EmbeddingSpace) throws(RecError) {
        guard weighting.fusion == nil else {
            throw RecError(
                .unsupportedFusion,
                "A \(place) cannot rank by a formula of your own: it is searched by the weighted mean. Search an index in "
                    + "this process, or rank the products of an answer anew."
            )
        }
        try validate(in: space, attributes: Array(attributeNames))
    }
}
