#if Milvus
public import RecCore

extension MilvusClient {
    /// Creates a client, which does not connect yet.
    ///
    /// - Throws: `RecError` with code `invalid-setting`; `unreachable` when the system lacks a thread or its libcurl HTTP/2.
    public convenience init(_ address: MilvusAddress, settings: Settings = Settings()) throws(RecError) {
        self.init(address, settings: settings, transport: try CurlTransport.to(address, settings))
    }
}
#endif
