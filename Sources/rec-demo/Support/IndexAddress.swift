import ArgumentParser
import Foundation
import RecCore
import RecEngines
import RecIndex

#if Milvus
import RecMilvus
#endif
#if Postgres
import RecPostgres
#endif

/// The place of an index: the path of a file or a folder, or the address of an engine.
enum IndexAddress {
    /// A file, or the folder of a live index.
    case path(String)
    #if Postgres
    /// A table of a PostgreSQL database.
    case postgres(PostgresAddress, PostgresTable)
    #endif
    #if Milvus
    /// A collection of Milvus.
    case milvus(MilvusAddress, MilvusCollectionName)
    #endif
    /// An address of an engine that this build cannot connect to.
    case absent(Engine)
    /// What cannot be used, and what is wrong with it.
    case unusable(message: String)

    /// The forms of addresses, for help and errors.
    static let forms =
        "postgresql://user@host:port/database?table=NAME or milvus://host:port/COLLECTION, with candidates=N as a "
        + "further parameter for approximate searches; without it they are exact"

    /// The path; `nil` for an engine.
    var path: String? { if case .path(let path) = self { path } else { nil } }

    /// A short name for titles.
    var name: String {
        switch self {
        case .path(let path): URL(fileURLWithPath: path).lastPathComponent
        #if Postgres
        case .postgres(_, let table): table.name
        #endif
        #if Milvus
        case .milvus(_, let collection): collection.name
        #endif
        case .absent, .unusable: ""
        }
    }

    /// Opens the index.
    ///
    /// - Returns: The index.
    /// - Throws: `RecError` when there is none, or none that can be read.
    func open() async throws -> any AnnotatedIndex {
        switch self {
        case .path(let path): return try Index.open(path: path)
        #if Postgres
        case .postgres(let address, let table): return try await table.open(in: PostgresPool(address))
        #endif
        #if Milvus
        case .milvus(let address, let collection):
            let index = try await collection.open(in: MilvusClient(address))
            if index.effort == .exact, index.hasGraph {
                Console.note(
                    "An exact search of a collection with a graph reads all its products. For approximate searches, add "
                        + "candidates=N to the address."
                )
            }
            return index
        #endif
        case .absent(let engine): throw engine.absence
        case .unusable(let message): throw ValidationError(message)
        }
    }
}

extension IndexAddress {
    /// Reads an argument.
    init(argument: String) {
        do {
            self = try Self.reading(argument)
        } catch {
            self = .unusable(message: (error as? RecError)?.message ?? "\(error)")
        }
    }

    /// Checks that the argument can be used.
    ///
    /// Errors of reading an argument come with the argument, which may have a password, so they are kept for this call.
    ///
    /// - Throws: `ValidationError` for an address that cannot be used.
    func validate() throws {
        if case .unusable(let message) = self { throw ValidationError(message) }
    }

    private static func reading(_ argument: String) throws -> IndexAddress {
        guard !argument.isEmpty else { throw ValidationError("An index has a path or an address.") }
        #if Postgres
        if PostgresAddress.isAddress(argument) {
            let address = try PostgresAddress(argument)
            return .postgres(address, try PostgresTable(of: address))
        }
        #endif
        #if Milvus
        if MilvusAddress.isAddress(argument) {
            let address = try MilvusAddress(argument)
            return .milvus(address, try MilvusCollectionName(of: address))
        }
        #endif
        return Engine(address: argument).map { .absent($0) } ?? .path(argument)
    }
}
