/// An embedding that products are compared with: the profile of all examples, or one example.
struct Probe: Sendable {
    let embedding: Embedding
    let comparable: ComparableEmbedding
    /// The factor of its scores.
    let weight: Double
    /// The position of the example among the likes of the query; `nil` for a dislike and for a profile.
    let like: Int?
}
