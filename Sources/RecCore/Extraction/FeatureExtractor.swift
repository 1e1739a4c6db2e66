/// Turns pictures, or inputs of another type, into dense blocks.
///
/// Conform your own type to use another network or a remote model for indexing and querying. An implementation must be
/// deterministic: the same input gives the same components, regardless of the rest of the batch.
public protocol FeatureExtractor<Input>: Sendable {
    /// The type of the inputs, such as pictures.
    associatedtype Input: Sendable

    /// The recipe of the vectors. It must change whenever the numbers may change.
    ///
    /// The vector of a product with several inputs is the mean of theirs, scaled to unit length; with the value `first` in
    /// the field `pictures`, that of the first input alone.
    var recipe: Recipe { get }

    /// The number of components of each vector.
    var dimension: Int { get }

    /// Brings an input into memory, for example a picture from a database.
    ///
    /// A ``ProductEmbedder`` calls this for the next inputs while it extracts the features of others. An extractor
    /// accepts inputs that were not loaded, too.
    ///
    /// - Throws: The reason why there is no such input, or `CancellationError`.
    func load(_ input: Input) async throws -> Input

    /// Extracts the features of several inputs.
    ///
    /// - Returns: One result for each input, in the same order. An input that fails does not affect the others.
    /// - Throws: `CancellationError` when the task is cancelled, and ``RecError`` of kind `busy` when the extractor has no
    ///   room for the inputs; nothing else.
    func features(of inputs: [Input]) async throws -> [Result<DenseVector, any Error>]
}

extension FeatureExtractor {
    /// The vector of a product with several inputs, as the recipe says.
    package var aggregation: InputAggregation { recipe["pictures"].flatMap { InputAggregation(rawValue: $0) } ?? .mean }

    /// Returns the input, which is in memory.
    public func load(_ input: Input) async throws -> Input { input }

    /// Extracts the features of one input.
    ///
    /// - Throws: The error for this input, ``RecError`` of kind `internal` when the extractor does not
    ///   return exactly one result, or `CancellationError`.
    public func features(of input: Input) async throws -> DenseVector {
        let results = try await features(of: [input])
        guard results.count == 1 else {
            throw RecError(
                .brokenContract,
                "The extractor gave \(results.count) results for 1 input; it must give one for each."
            )
        }
        return try results[0].get()
    }
}
