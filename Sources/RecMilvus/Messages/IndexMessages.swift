package import RecFiles

/// `LoadCollection`.
package struct LoadCollectionRequest: MilvusRequest {
    package typealias Answer = MilvusStatus
    package static let method = "LoadCollection"

    package var collection: CollectionPath
    package var replicas: Int

    package init(_ collection: CollectionPath, replicas: Int) {
        self.collection = collection
        self.replicas = replicas
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
        writer.write(4, Int64(replicas))
    }
}

/// `CreateIndex`.
package struct CreateIndexRequest: MilvusRequest {
    package typealias Answer = MilvusStatus
    package static let method = "CreateIndex"

    package var collection: CollectionPath
    package var field: String
    package var parameters: [(key: String, value: String)]

    package init(
        _ collection: CollectionPath,
        field: String,
        parameters: [(key: String, value: String)]
    ) {
        self.collection = collection
        self.field = field
        self.parameters = parameters
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
        writer.write(4, field)
        writer.write(5, parameters)
        writer.write(6, field)
    }
}
