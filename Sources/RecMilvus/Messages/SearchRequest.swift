package import RecFiles

/// `Search`.
package struct SearchRequest: MilvusRequest {
    package static let method = "Search"
    package static let readsProducts = true

    package var collection: CollectionPath
    package var filter: String
    package var vectors: [[Float]]
    package var fields: [String]
    package var moment: ReadMoment
    package var parameters: [(key: String, value: String)]

    package init(
        _ collection: CollectionPath,
        filter: String,
        vectors: [[Float]],
        fields: [String],
        moment: ReadMoment,
        parameters: [(key: String, value: String)]
    ) {
        self.collection = collection
        self.filter = filter
        self.vectors = vectors
        self.fields = fields
        self.moment = moment
        self.parameters = parameters
    }

    package func write(to writer: inout ProtobufWriter) {
        var group = ProtobufWriter()
        group.write(1) { placeholder in
            placeholder.write(1, "$0")
            placeholder.write(2, MilvusType.vector.rawValue)
            for vector in vectors {
                var bytes: [UInt8] = []
                bytes.append(littleEndian: vector)
                placeholder.writeElement(3, bytes)
            }
        }
        collection.write(to: &writer)
        writer.write(5, filter)
        writer.write(6, group.bytes)
        // The filter is an expression.
        writer.write(7, 1)
        for field in fields { writer.writeElement(8, field) }
        writer.write(9, parameters)
        writer.write(11, moment.time)
        writer.write(12, Int64(vectors.count))
        writer.write(14, moment.level)
    }

    /// The answer of `Search`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        /// The number of rows for each vector.
        package private(set) var counts: [Int64] = []
        /// The keys of the rows of all vectors, one vector behind the other.
        package private(set) var ids: [String] = []
        /// Their scores.
        package private(set) var scores: [Float] = []
        /// Their fields.
        package private(set) var columns: [MilvusColumn] = []

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2: try readResults(bytes, try field.range)
                default: break
                }
            }
        }

        private mutating func readResults(_ bytes: RawSpan, _ range: Range<Int>) throws {
            try bytes.forEachField(in: range) { field in
                switch field.number {
                case 3: columns.append(try MilvusColumn(bytes, try field.range))
                case 4: try field.append(to: &scores, in: bytes)
                case 5:
                    try bytes.forEachField(in: try field.range) { list in
                        if list.number == 2 { ids = try bytes.texts(try list.range) }
                    }
                case 6: try field.append(to: &counts, in: bytes)
                default: break
                }
            }
        }
    }
}
