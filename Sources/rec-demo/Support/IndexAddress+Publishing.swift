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

extension IndexAddress {
    /// Opens or creates the target of a publication, and closes it afterwards.
    ///
    /// - Parameters:
    ///   - index: The index whose space and notes a new target gets.
    ///   - isReplacing: Whether what is there is removed first.
    ///   - approximate: Whether a new target gets the graph that approximate searches need.
    ///   - body: Fills the target.
    /// - Returns: What `body` returns.
    /// - Throws: The errors of opening and closing the target, and those of `body`.
    func withTarget<Value>(
        for index: some AnnotatedIndex,
        replacing isReplacing: Bool,
        approximate: Bool = false,
        _ body: (any PublishTarget) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .path(let path):
            if isReplacing { try await Self.removeLiveIndex(path) }
            let target = try LiveIndex(
                publishingTo: path,
                space: index.space,
                notes: index.notes,
                options: .init(graph: approximate)
            )
            return try await Self.closing(target, after: body)
        #if Postgres
        case .postgres(let address, let table):
            let target = try await table.openOrCreate(
                for: index,
                in: PostgresPool(address),
                replacing: isReplacing,
                approximate: approximate
            )
            return try await body(target)
        #endif
        #if Milvus
        case .milvus(let address, let collection):
            let target = try await collection.openOrCreate(
                for: index,
                in: MilvusClient(address),
                replacing: isReplacing,
                approximate: approximate
            )
            return try await body(target)
        #endif
        case .absent(let engine):
            throw engine.absence
        case .unusable(let message):
            throw ValidationError(message)
        }
    }

    /// Opens an index that is there, to change it, and closes it afterwards.
    ///
    /// - Parameter body: Changes the index.
    /// - Returns: What `body` returns.
    /// - Throws: The errors of opening and closing the index, and those of `body`.
    func withIndex<Value>(
        _ body: (any MutableSimilarityIndex & AnnotatedIndex) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .path(let path): try await Self.closing(LiveIndex(path: path), after: body)
        #if Postgres
        case .postgres(let address, let table): try await body(table.open(in: PostgresPool(address)))
        #endif
        #if Milvus
        case .milvus(let address, let collection): try await body(collection.open(in: MilvusClient(address)))
        #endif
        case .absent(let engine): throw engine.absence
        case .unusable(let message): throw ValidationError(message)
        }
    }

    private static func closing<Value>(
        _ target: LiveIndex,
        after body: (LiveIndex) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body(target)
            try await target.close()
            return value
        } catch {
            try? await target.close()
            throw error
        }
    }

    /// Removes the folder of a live index, and nothing else.
    private static func removeLiveIndex(_ path: String) async throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try await LiveIndex(publishingTo: path).close()
        try FileManager.default.removeItem(atPath: path)
    }
}
