package import RecCore
internal import RecIndex

/// An index with texts that the host stored beside it.
package protocol AnnotatedIndex: SimilarityIndex {
    /// The texts by name.
    var notes: [String: String] { get }
}

extension Index: AnnotatedIndex {}
extension LiveIndex: AnnotatedIndex {}
