/// The projections of one query on the directions of several segments, each of which is made once.
struct QueryProjections {
    private var known: [ObjectIdentifier: QueryProjection] = [:]

    /// Adds a projection that is known already.
    mutating func insert(_ projection: QueryProjection, on codes: ProductCodes) {
        known[ObjectIdentifier(codes.origin)] = projection
    }

    /// The projection on the directions of some codes.
    mutating func projection(of query: [Float], on codes: ProductCodes) -> QueryProjection {
        let origin = ObjectIdentifier(codes.origin)
        if let projection = known[origin] { return projection }
        let projection = QueryProjection(query, on: codes)
        known[origin] = projection
        return projection
    }
}
