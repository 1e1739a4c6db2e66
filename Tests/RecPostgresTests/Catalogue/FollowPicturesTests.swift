#if Postgres
import Foundation
import RecCore
import RecIndex
import Testing

/// `rec-demo follow` on a table that holds the bytes of its pictures.
@Suite struct `A follower of pictures in a table` {
    private static let fixtures = URL(filePath: #filePath).appending(path: "../../../RecImageTests/Fixtures")
        .standardizedFileURL

    /// Adds products whose pictures are the bytes of files.
    private static func fill(_ shop: FollowedShop) async throws {
        for (id, name) in ["baseline-420", "baseline-444", "cmyk-420"].enumerated() {
            let bytes = try Data(contentsOf: fixtures.appending(path: "Pictures/\(name).jpg"))
            let digits = bytes.map { String(format: "%02x", $0) }.joined()
            _ = try await shop.pool.rows(
                "insert into \(shop.table) values (\(id), '\(name)', 'Red', null, 0, '\\x\(digits)')"
            )
        }
    }

    private static func embeddings(_ index: Index) async throws -> [ProductID: Embedding] {
        let ids = try await index.ids(after: nil, count: 100)
        let products = try await index.products(ids, ProductContents(blocks: .all)).compactMap(\.self)
        return Dictionary(uniqueKeysWithValues: products.map { ($0.id, $0.embedding ?? Embedding([:])) })
    }

    @Test func `embeds them as index does, though the table was empty when it began`() async throws {
        let shop = try await FollowedShop()
        _ = try await shop.pool.rows("alter table \(shop.table) add picture bytea")
        try await Self.fill(shop)
        let file = shop.folder.appending(path: "shop.idx").path
        try await shop.run([
            "index", "--catalog", shop.address, "--out", file, "--attributes", "colour", "--preprocessing",
            "torchvision",
            "--weights", Self.fixtures.appending(path: "ONNX/free.onnx").path,
        ])
        let expected = try await Self.embeddings(Index.open(path: file))
        #expect(expected.count == 3 && expected.values.allSatisfy { $0[.image] != nil && $0[.metadata] != nil })
        try await shop.run(["publish", "--index", file, "--to", shop.live])
        _ = try await shop.pool.rows("delete from \(shop.table)")
        let (process, _) = shop.process(shop.follow())
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        try await shop.waitForFollower()
        try #expect(Index.open(path: shop.live).count == 0)
        try await Self.fill(shop)
        try await shop.waitForFollower()
        let found = try await Self.embeddings(Index.open(path: shop.live))
        #expect(found == expected)
        #expect(process.isRunning)
    }
}
#endif
