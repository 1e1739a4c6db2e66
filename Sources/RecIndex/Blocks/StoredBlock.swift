internal import RecCore

/// One block of all products.
enum StoredBlock: Sendable {
    case dense(DenseBlock)
    case oneHot(OneHotBlock)

    /// The block of one product, or `nil` when it lacks it.
    func block(of row: Int) throws(RecIndexError) -> Embedding.Block? {
        switch self {
        case .dense(let block): try block.vector(of: row).map { .dense($0) }
        case .oneHot(let block): block.codes(of: row).map { .oneHot($0) }
        }
    }
}
