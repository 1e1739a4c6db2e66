package import RecFiles

/// `Flush`.
package struct FlushRequest: MilvusRequest {
    package static let method = "Flush"

    package var collection: CollectionPath

    package init(_ collection: CollectionPath) {
        self.collection = collection
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
    }

    /// The answer of `Flush`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        /// The segments that are being written.
        package private(set) var segments: [Int64] = []
        /// The time of the flush by the server's clock.
        package private(set) var time: Int64 = 0

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 3:
                    try bytes.forEachField(in: try field.range) { entry in
                        guard entry.number == 2 else { return }
                        try bytes.forEachField(in: try entry.range) { list in
                            if list.number == 1 { try list.append(to: &segments, in: bytes) }
                        }
                    }
                case 6:
                    try bytes.forEachField(in: try field.range) { entry in
                        if entry.number == 2 { time = try entry.integer }
                    }
                default: break
                }
            }
        }
    }
}

/// `GetFlushState`.
package struct FlushStateRequest: MilvusRequest {
    package static let method = "GetFlushState"

    package var collection: CollectionPath
    package var segments: [Int64]
    package var time: Int64

    package init(_ collection: CollectionPath, segments: [Int64], time: Int64) {
        self.collection = collection
        self.segments = segments
        self.time = time
    }

    package func write(to writer: inout ProtobufWriter) {
        writer.write(1, packed: segments)
        writer.write(2, time)
        writer.write(3, collection.database)
        writer.write(4, collection.name)
    }

    /// The answer of `GetFlushState`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        package private(set) var isFlushed = false

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2: isFlushed = try field.integer != 0
                default: break
                }
            }
        }
    }
}
