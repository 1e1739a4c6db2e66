/// A rule that combines several examples into one score.
///
/// *p_i* are the likes and *n_j* the dislikes with their weights *a_i* and *b_j* (after the decay by age); *p_ib* is the
/// block *b* of a like, a unit vector; *w_b* are the weights of the blocks, and *s* is the score of two embeddings.
public enum ExampleStrategy: String, Sendable, Hashable, CaseIterable, Codable {
    /// Products near the mean of the likes and away from the mean of the dislikes; one search.
    ///
    ///     m+_b = sum(a_i p_ib) / sum(a_i)      over the likes that have the block; m-_b likewise
    ///     r_b  = min(1, sum(b_j) / sum(a_i))   the weight of the dislikes in that of the likes
    ///     v_b  = m+_b + r_b (m+_b - m-_b)      -m-_b without likes
    ///     score(x) = sum(w_b cos(v_b, x_b)) / sum(w_b)
    ///
    /// With as much disliked as liked, `2 m+_b - m-_b`, this is the formula of Qdrant's `average_vector`; fewer, lighter or
    /// older dislikes push away less.
    case mean

    /// Products near any of the likes; one that is nearer to a dislike scores 0 or less. One search for each like.
    ///
    ///     L(x) = max(a_i s(p_i, x)),  D(x) = max(b_j s(n_j, x))      weights scaled so that the greatest of all is 1
    ///     score(x) = L(x) if L(x) > D(x), L(x) - D(x) otherwise, -D(x) without likes
    case best

    /// Products with the greatest sum of scores over all examples; one search.
    ///
    ///     v_b = sum(a_i p_ib) - sum(b_j n_jb)
    ///     score(x) = sum(w_b |v_b| cos(v_b, x_b)) / sum(w_b |v_b|)
    ///
    /// Where no block is missing, this is the order of `sum(a_i s(p_i, x)) - sum(b_j s(n_j, x))`. A block that the examples
    /// agree on weighs more than with ``mean``.
    case sum
}
