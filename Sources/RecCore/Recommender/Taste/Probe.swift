/// An embedding that products are compared with: the profile of all examples, or one example.
struct Probe: Sendable {
    let embedding: Embedding
    let comparable: ComparableEmbedding
    /// What its scores are multiplied by.
    let weight: Double
    /// Where the example is among the likes of the query; `nil` for a dislike and for a profile.
    let like: Int?
}
