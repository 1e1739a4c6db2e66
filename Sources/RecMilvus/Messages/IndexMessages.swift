package import RecFiles

/// `LoadCollection`.
package struct LoadCollectionRequest: MilvusRequest {
    package typealias Answer = MilvusStatus
    package static let method = "LoadCollection"

    package var database = ""
    package var name: String
    package var replicas: Int

    package init(database: String = "", name: String, replicas: Int) {
        self.database = database
        self.name = name
        self.replicas = replicas
    }

    package func write(to writer: inout ProtobufWriter) {
        writer.write(2, database)
        writer.write(3, name)
        writer.write(4, Int64(replicas))
    }
}

/// `CreateIndex`.
package struct CreateIndexRequest: MilvusRequest {
    package typealias Answer = MilvusStatus
    package static let method = "CreateIndex"

    package var database = ""
    package var name: String
    package var field: String
    package var parameters: [(key: String, value: String)]

    package init(
        database: String = "",
        name: String,
        field: String,
        parameters: [(key: String, value: String)]
    ) {
        self.database = database
        self.name = name
        self.field = field
        self.parameters = parameters
    }

    package func write(to writer: inout ProtobufWriter) {
        writer.write(2, database)
        writer.write(3, name)
        writer.write(4, field)
        writer.write(5, parameters)
        writer.write(6, field)
    }
}
