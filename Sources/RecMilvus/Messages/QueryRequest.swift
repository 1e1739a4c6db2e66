package import RecFiles

/// `Query`.
package struct QueryRequest: MilvusRequest {
    package static let method = "Query"
    package static let readsProducts = true

    package var collection: CollectionPath
    package var filter: String
    package var fields: [String]
    package var moment: ReadMoment
    package var parameters: [(key: String, value: String)]

    package init(
        _ collection: CollectionPath,
        filter: String,
        fields: [String],
        moment: ReadMoment,
        parameters: [(key: String, value: String)] = []
    ) {
        self.collection = collection
        self.filter = filter
        self.fields = fields
        self.moment = moment
        self.parameters = parameters
    }

    package func write(to writer: inout ProtobufWriter) {
        collection.write(to: &writer)
        writer.write(4, filter)
        for field in fields { writer.writeElement(5, field) }
        writer.write(8, moment.time)
        writer.write(9, parameters)
        writer.write(11, moment.level)
    }

    /// The answer of `Query`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        package private(set) var columns: [MilvusColumn] = []

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2: columns.append(try MilvusColumn(bytes, try field.range))
                default: break
                }
            }
        }
    }
}

/// The changes that a search or a query must see.
package struct ReadMoment: Sendable, Hashable {
    /// The consistency level by its number.
    package var level: Int64
    /// The time of a change that must be seen; of use for the level `Session`.
    package var time: Int64

    package init(level: Int64, time: Int64 = 0) {
        self.level = level
        self.time = time
    }

    /// What a consistency level asks for, whatever was changed before.
    ///
    /// Milvus 2.3 goes by the time alone, in which 0 stands for all changes, 1 for none, and 2 for all but the last.
    package init(_ consistency: MilvusConsistency) {
        let time: Int64 =
            switch consistency {
            case .strong: 0
            case .bounded: 2
            case .session, .eventually: 1
            }
        self.init(level: Int64(consistency.rawValue), time: time)
    }
}
