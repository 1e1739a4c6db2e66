package import RecFiles

/// `Upsert`.
package struct UpsertRequest: MilvusRequest {
    package typealias Answer = MutationAnswer
    package static let method = "Upsert"

    package var collection: CollectionPath
    package var columns: [MilvusColumn]
    package var rows: Int

    package init(_ collection: CollectionPath, columns: [MilvusColumn], rows: Int) {
        self.collection = collection
        self.columns = columns
        self.rows = rows
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
        for column in columns { writer.write(5) { column.write(to: &$0) } }
        writer.write(7, Int64(rows))
    }
}

/// `Delete`.
package struct DeleteRequest: MilvusRequest {
    package typealias Answer = MutationAnswer
    package static let method = "Delete"

    package var collection: CollectionPath
    package var filter: String

    package init(_ collection: CollectionPath, filter: String) {
        self.collection = collection
        self.filter = filter
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
        writer.write(5, filter)
    }
}

/// The answer of `Upsert` and `Delete`.
package struct MutationAnswer: MilvusAnswer {
    package private(set) var status = MilvusStatus()
    /// The time of the change by the server's clock; 0 when it does not say.
    package private(set) var time: Int64 = 0

    package init(_ bytes: RawSpan) throws {
        try bytes.forEachField(in: bytes.all) { field in
            switch field.number {
            case 1: status = try MilvusStatus(bytes, try field.range)
            case 9: time = try field.integer
            default: break
            }
        }
    }
}
