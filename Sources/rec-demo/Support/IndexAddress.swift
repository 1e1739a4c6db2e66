import ArgumentParser
import Foundation
import RecCore
import RecEngines
import RecIndex
import RecPostgres

/// The place of an index: the path of a file or a folder, or the address of an engine.
enum IndexAddress {
    /// A file, or the folder of a live index.
    case path(String)
    /// A table of a PostgreSQL database.
    case postgres(PostgresAddress, PostgresTable)

    /// The forms of addresses, for help and errors.
    static let forms = "postgresql://user@host:port/database?table=NAME, with &candidates=N for approximate searches"

    /// The path; `nil` for an engine.
    var path: String? { if case .path(let path) = self { path } else { nil } }

    /// A short name for titles.
    var name: String {
        switch self {
        case .path(let path): URL(fileURLWithPath: path).lastPathComponent
        case .postgres(_, let table): table.name
        }
    }

    /// Opens the index.
    ///
    /// - Returns: The index.
    /// - Throws: `RecError` when there is none, or none that can be read.
    func open() async throws -> any AnnotatedIndex {
        switch self {
        case .path(let path): try Index.open(path: path)
        case .postgres(let address, let table): try await table.open(in: Engines.client(of: address))
        }
    }
}

extension IndexAddress {
    /// Reads an argument.
    ///
    /// - Throws: `ValidationError` for an address that cannot be used.
    init(argument: String) throws {
        guard !argument.isEmpty else { throw ValidationError("An index has a path or an address.") }
        guard PostgresAddress.isAddress(argument) else {
            self = .path(argument)
            return
        }
        let address: PostgresAddress
        do {
            address = try PostgresAddress(argument)
        } catch {
            throw ValidationError(error.message)
        }
        self = .postgres(address, try PostgresTable(of: address))
    }
}
