package import RecFiles

/// `CreateCollection`.
package struct CreateCollectionRequest: MilvusRequest {
    package typealias Answer = MilvusStatus
    package static let method = "CreateCollection"
    package static let isRepeatable = false

    package var collection: CollectionPath
    package var description: String
    package var fields: [MilvusField]
    package var shards: Int
    package var consistency: Int64
    package var properties: [(key: String, value: String)]

    package init(
        _ collection: CollectionPath,
        description: String,
        fields: [MilvusField],
        shards: Int,
        consistency: Int64,
        properties: [(key: String, value: String)]
    ) {
        self.collection = collection
        self.description = description
        self.fields = fields
        self.shards = shards
        self.consistency = consistency
        self.properties = properties
    }

    package func write(to writer: inout ProtobufWriter) {
        var schema = ProtobufWriter()
        schema.write(1, collection.name)
        schema.write(2, description)
        for field in fields { schema.write(4) { field.write(to: &$0) } }
        collection.write(to: &writer)
        writer.write(4, schema.bytes)
        writer.write(5, Int64(shards))
        writer.write(6, consistency)
        writer.write(7, properties)
    }
}

/// `AlterCollection`, for properties that keep those that it does not name.
package struct AlterCollectionRequest: MilvusRequest {
    package typealias Answer = MilvusStatus
    package static let method = "AlterCollection"

    package var collection: CollectionPath
    package var properties: [(key: String, value: String)]

    package init(_ collection: CollectionPath, properties: [(key: String, value: String)]) {
        self.collection = collection
        self.properties = properties
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
        writer.write(5, properties)
    }
}

/// A request that names a collection only.
package struct CollectionRequest<Method: CollectionMethod>: MilvusRequest {
    package typealias Answer = Method.Answer
    package static var method: String { Method.name }
    package static var isRepeatable: Bool { Method.isRepeatable }

    package var collection: CollectionPath

    package init(_ collection: CollectionPath) {
        self.collection = collection
    }

    package func write(to writer: inout ProtobufWriter) {
        // GetLoadState numbers its fields in another way.
        if Method.self == GetLoadState.self {
            writer.write(2, collection.name)
            writer.write(4, collection.database)
        } else {
            collection.write(to: &writer)
        }
    }
}

/// A method whose request names a collection only.
package protocol CollectionMethod {
    associatedtype Answer: MilvusAnswer
    static var name: String { get }
    static var isRepeatable: Bool { get }
}

/// `DropCollection`.
package enum DropCollection: CollectionMethod {
    package typealias Answer = MilvusStatus
    package static let name = "DropCollection"
    package static let isRepeatable = true
}

/// `DescribeCollection`.
package enum DescribeCollection: CollectionMethod {
    package typealias Answer = CollectionDescription
    package static let name = "DescribeCollection"
    package static let isRepeatable = true
}

/// `GetLoadState`.
package enum GetLoadState: CollectionMethod {
    package typealias Answer = LoadState
    package static let name = "GetLoadState"
    package static let isRepeatable = true
}

/// The answer of `DescribeCollection`.
package struct CollectionDescription: MilvusAnswer {
    package private(set) var status = MilvusStatus()
    package private(set) var fields: [MilvusField] = []
    package private(set) var properties: [String: String] = [:]

    package init(_ bytes: RawSpan) throws {
        try bytes.forEachField(in: bytes.all) { field in
            switch field.number {
            case 1: status = try MilvusStatus(bytes, try field.range)
            case 2:
                try bytes.forEachField(in: try field.range) { part in
                    if part.number == 4 { fields.append(try MilvusField(bytes, try part.range)) }
                }
            case 13:
                let pair = try bytes.pair(try field.range)
                properties[pair.key] = pair.value
            default: break
            }
        }
    }
}

/// The answer of `GetLoadState`.
package struct LoadState: MilvusAnswer {
    package private(set) var status = MilvusStatus()
    /// 3 when the collection is loaded.
    package private(set) var state = 0

    package static let loading = 2
    package static let loaded = 3

    package init(_ bytes: RawSpan) throws {
        try bytes.forEachField(in: bytes.all) { field in
            switch field.number {
            case 1: status = try MilvusStatus(bytes, try field.range)
            case 2: state = Int(try field.integer)
            default: break
            }
        }
    }
}
