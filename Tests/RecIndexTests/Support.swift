import Foundation
import RecCore
import RecIndex

/// An index of some products without codes, which compares a query with all of them.
func makeIndex(
    _ space: EmbeddingSpace,
    _ products: [EmbeddedProduct],
    notes: [String: String] = [:]
) throws -> Index {
    var builder = IndexBuilder(space: space, capacity: products.count)
    builder.notes = notes
    for item in products { try builder.add(item.product, item.embedding) }
    return try builder.build(codes: .never)
}

/// Lends a new folder, which is removed afterwards.
func withTemporaryFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = try makeTemporaryFolder()
    defer { removeFolder(folder) }
    return try body(folder)
}

/// The same for work that waits.
func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = try makeTemporaryFolder()
    defer { removeFolder(folder) }
    return try await body(folder)
}

/// Makes a new folder, for tests that remove it themselves.
func makeTemporaryFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder.path
}

/// Removes a folder with all that is in it.
func removeFolder(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)
}

/// The names of the files in a folder.
func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
}

/// The bytes of a file.
func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Writes a file.
func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}
