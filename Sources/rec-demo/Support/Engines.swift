import RecCore
import RecMilvus
import RecPostgres

/// The engines that this build can connect to.
enum Engines {
    /// A client of a PostgreSQL server.
    ///
    /// - Throws: `RecError` when the build has no client.
    static func client(of address: PostgresAddress) throws -> any PostgresClient {
        #if Postgres
        return try PostgresPool(address)
        #else
        throw RecError(
            .invalidSetting,
            "This rec-demo was built without PostgreSQL. Build it with 'swift build -c release --traits Postgres'."
        )
        #endif
    }

    /// A client of a Milvus server.
    ///
    /// - Throws: `RecError` when the build has no client.
    static func milvus(at address: MilvusAddress) throws -> MilvusClient {
        #if Milvus
        return try MilvusClient(address)
        #else
        throw RecError(
            .invalidSetting,
            "This rec-demo was built without Milvus. Build it with 'swift build -c release --traits Milvus'."
        )
        #endif
    }
}
