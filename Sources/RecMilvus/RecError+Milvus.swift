public import RecCore

extension RecError.Code {
    /// Milvus refused a call.
    package static let milvusRefused = RecError.Code("milvus-refused", .storage)
    /// What answers at an address is no Milvus.
    package static let foreignServer = RecError.Code("foreign-server", .configuration)
    /// The certificate of a server is not trusted.
    package static let untrustedServer = RecError.Code("untrusted-server", .configuration)
    /// A server wants other credentials.
    package static let accessDenied = RecError.Code("access-denied", .configuration)
    /// There is no collection of that name, or it is not that of an index.
    package static let unknownCollection = RecError.Code("unknown-collection", .configuration)
    /// A collection of that name exists already.
    package static let collectionExists = RecError.Code("collection-exists", .conflict)
    /// The collection was written by a newer version of this package.
    package static let newerCollection = RecError.Code("newer-collection", .configuration)
    /// The collection was replaced while the index was open; open it anew.
    public static let collectionReplaced = RecError.Code("collection-replaced", .storage)
    /// Milvus cannot answer a query exactly.
    package static let unsupportedQuery = RecError.Code("unsupported-query", .invalidRequest)
    /// A collection must be loaded before it can be searched; an index does that by itself.
    static let notLoaded = RecError.Code("not-loaded", .busy)
}
