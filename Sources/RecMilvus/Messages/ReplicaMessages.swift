package import RecFiles

/// `GetReplicas`.
package struct ReplicasRequest: MilvusRequest {
    package static let method = "GetReplicas"

    package var collection: CollectionPath

    package init(_ collection: CollectionPath) {
        self.collection = collection
    }

    package func write(to writer: inout ProtobufWriter) {
        writer.write(4, collection.name)
        writer.write(5, collection.database)
    }

    /// The answer of `GetReplicas`.
    package struct Answer: MilvusAnswer {
        /// Always a good one: a replica without a node is no reason to ask again.
        package var status: MilvusStatus { MilvusStatus() }
        /// What the server says of a replica that is not there.
        package private(set) var fault = MilvusStatus()
        /// The query nodes of each replica.
        package private(set) var nodes: [[Int64]] = []

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: fault = try MilvusStatus(bytes, try field.range)
                case 2:
                    var replica: [Int64] = []
                    try bytes.forEachField(in: try field.range) { entry in
                        if entry.number == 5 { try entry.append(to: &replica, in: bytes) }
                    }
                    nodes.append(replica)
                default: break
                }
            }
        }
    }
}

/// `GetQuerySegmentInfo`.
package struct LoadedSegmentsRequest: MilvusRequest {
    package static let method = "GetQuerySegmentInfo"

    package var collection: CollectionPath

    package init(_ collection: CollectionPath) {
        self.collection = collection
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
    }

    /// The answer of `GetQuerySegmentInfo`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        /// The identifier of each segment in memory, and the nodes that have it.
        package private(set) var segments: [(id: Int64, nodes: [Int64])] = []

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2:
                    var segment = (id: Int64(0), nodes: [Int64]())
                    try bytes.forEachField(in: try field.range) { entry in
                        switch entry.number {
                        case 1: segment.id = try entry.integer
                        case 10: try entry.append(to: &segment.nodes, in: bytes)
                        default: break
                        }
                    }
                    segments.append(segment)
                default: break
                }
            }
        }
    }
}

/// `GetPersistentSegmentInfo`.
package struct StoredSegmentsRequest: MilvusRequest {
    package static let method = "GetPersistentSegmentInfo"

    package var collection: CollectionPath

    package init(_ collection: CollectionPath) {
        self.collection = collection
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
    }

    /// The answer of `GetPersistentSegmentInfo`.
    package struct Answer: MilvusAnswer {
        /// The state of a segment that is in the store.
        private static let flushed: Int64 = 4

        package private(set) var status = MilvusStatus()
        /// The identifiers of the segments in the store that have rows.
        package private(set) var segments: [Int64] = []

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2:
                    var (id, count, state) = (Int64(0), Int64(0), Int64(0))
                    try bytes.forEachField(in: try field.range) { entry in
                        switch entry.number {
                        case 1: id = try entry.integer
                        case 4: count = try entry.integer
                        case 5: state = try entry.integer
                        default: break
                        }
                    }
                    if state == Self.flushed, count > 0 { segments.append(id) }
                default: break
                }
            }
        }
    }
}
