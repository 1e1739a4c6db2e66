extension PictureSource {
    /// The sources in memory, in the same order; those that must be fetched are fetched together.
    ///
    /// - Returns: Each source, or the error of fetching it.
    /// - Throws: `CancellationError` only.
    static func loaded(_ pictures: ArraySlice<PictureSource>) async throws -> [Result<PictureSource, any Error>] {
        var results = pictures.map { Result<PictureSource, any Error>.success($0) }
        guard pictures.contains(where: \.isDeferred) else { return results }
        await withTaskGroup(of: (Int, Result<PictureSource, any Error>).self) { group in
            for (position, picture) in pictures.enumerated() where picture.isDeferred {
                group.addTask {
                    do {
                        return (position, .success(try await picture.loaded()))
                    } catch {
                        return (position, .failure(error))
                    }
                }
            }
            for await (position, result) in group { results[position] = result }
        }
        try Task.checkCancellation()
        return results
    }
}
