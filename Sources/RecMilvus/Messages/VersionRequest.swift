package import RecFiles

/// `GetVersion`.
package struct VersionRequest: MilvusRequest {
    package static let method = "GetVersion"

    package init() {}

    package func write(to writer: inout ProtobufWriter) {}

    /// The answer of `GetVersion`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        package private(set) var version = ""

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2: version = try field.text(in: bytes)
                default: break
                }
            }
        }
    }
}
