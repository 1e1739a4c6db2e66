package import RecFiles

/// `Connect`.
package struct ConnectRequest: MilvusRequest {
    package static let method = "Connect"

    package init() {}

    package func write(to writer: inout ProtobufWriter) {
        // A server may keep what a client says of itself.
        writer.write(2) { client in client.write(1, "Swift") }
    }

    /// The answer of `Connect`.
    package struct Answer: MilvusAnswer {
        package private(set) var status = MilvusStatus()
        /// How the server runs: `DISTRIBUTED` for a cluster, or in one process.
        package private(set) var deployment = ""

        package init(_ bytes: RawSpan) throws {
            try bytes.forEachField(in: bytes.all) { field in
                switch field.number {
                case 1: status = try MilvusStatus(bytes, try field.range)
                case 2:
                    try bytes.forEachField(in: try field.range) { entry in
                        if entry.number == 5 { deployment = try entry.text(in: bytes) }
                    }
                default: break
                }
            }
        }
    }
}
