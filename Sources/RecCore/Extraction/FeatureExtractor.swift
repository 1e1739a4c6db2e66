/// Turns pictures, or whatever its input is, into dense blocks.
///
/// Conform a type of your own to plug another network or a remote model into indexing and querying. An implementation
/// must be deterministic: the same input gives the same components, whatever else is in the batch.
public protocol FeatureExtractor<Input>: Sendable {
    /// What features are extracted from.
    associatedtype Input: Sendable

    /// How the vectors are made. It must change whenever the numbers may change.
    var recipe: Recipe { get }

    /// The number of components of each vector.
    var dimension: Int { get }

    /// Extracts the features of several inputs.
    ///
    /// - Returns: One result for each input, in the same order. An input that fails does not disturb the others.
    /// - Throws: `CancellationError` when the task is cancelled, and ``RecError`` of kind `busy` when the extractor has no
    ///   room for the inputs; nothing else.
    func features(of inputs: [Input]) async throws -> [Result<DenseVector, any Error>]
}

extension FeatureExtractor {
    /// Extracts the features of one input.
    ///
    /// - Throws: The reason why this input has none, ``RecError`` with code `dimensionMismatch` when the extractor gives
    ///   another number of results than one, or `CancellationError`.
    public func features(of input: Input) async throws -> DenseVector {
        let results = try await features(of: [input])
        guard results.count == 1 else {
            throw RecError(
                .dimensionMismatch,
                "The extractor gave \(results.count) results for 1 input; it must give one for each."
            )
        }
        return try results[0].get()
    }
}
