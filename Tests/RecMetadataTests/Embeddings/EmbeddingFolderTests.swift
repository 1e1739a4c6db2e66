import Foundation
import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `A folder of embeddings` {
    private let folder: TemporaryFolder
    private let recipe = #"{"layer": "pooled", "backbone": "a \"b\""}"#

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(recipe, to: "_recipe.json")
    }

    private func read(_ pictures: [String], in root: String = "/shop") async throws -> EmbeddingTable {
        try await EmbeddingFolder(path: folder.path).read(for: pictures, in: root)
    }

    private func code(_ pictures: [String] = ["/shop/a"]) async -> String? {
        await #expect(throws: RecError.self) { try await read(pictures) }?.code.name
    }

    @Test func `gives vectors, errors and the recipe in its order`() async throws {
        try folder.write(
            """
            {"path":"a","embedding":[0.6,8e-1]}

            {"path":"./b","error":{"code":"not-jpeg","message":"b: no"},"embedding":null}
            {"path":"/other/c","embedding":[-1,0]}
            {"path":"d","embedding":[3,4]}
            {"path":"e","embedding":[0,0]}
            {"path":"nobody","embedding":[0,1]}
            """,
            to: "deep/down/x.jsonl"
        )
        try folder.write("junk", to: "_SUCCESS")
        try folder.write("junk", to: ".x.jsonl.crc")
        try folder.write("junk", to: "README")
        let table = try await read(["/shop/a", "/shop/b", "/other/c", "/shop/d", "/shop/e"])
        #expect(table.recipe == ["layer": "pooled", "backbone": "a \"b\""])
        #expect(table.rowCount == 6)
        #expect(table.unused == ["nobody"])
        #expect(try await table.result(for: "/shop/a").get().components == [0.6, 0.8])
        #expect(try await table.result(for: "/other/c").get().components == [-1, 0])
        #expect(try await table.result(for: "/shop/d").get().components == [0.6, 0.8])
        for (path, code) in [("/shop/b", "not-jpeg"), ("/shop/e", "invalid-vector"), ("/shop/f", "file-not-found")] {
            let error = await #expect(throws: RecError.self) { try await table.result(for: path).get() }
            #expect(error?.code.name == code)
        }
    }

    @Test func `notes lines that are no rows`() async throws {
        try folder.write(
            """
            {"path":"a","embedding":[1]}
            {"path":"b","embedding":[1,"x"]}
            {"embedding":[1]}
            {"path":"c
            """,
            to: "x.jsonl"
        )
        let table = try await read(["/shop/a"])
        #expect(table.rowCount == 1)
        #expect(table.faults.map(\.line) == [2, 3, 4])
    }

    @Test func `keeps a vector above an error, in either order`() async throws {
        let (row, fault) = (#"{"path":"a","embedding":[1]}"#, #"{"path":"a","error":{"code":"x","message":"y"}}"#)
        try folder.write("\(row)\n\(fault)\n\(row)", to: "1.jsonl")
        try folder.write(
            "\(fault)\n\(row.replacing("\"a\"", with: "\"b\""))".replacing("\"a\"", with: "\"b\""),
            to: "2.jsonl"
        )
        let table = try await read(["/shop/a", "/shop/b"])
        #expect(table.vectorCount == 2)
    }

    @Test func `refuses two vectors of a picture that differ`() async throws {
        try folder.write("{\"path\":\"a\",\"embedding\":[1]}", to: "1.jsonl")
        try folder.write("{\"path\":\"a\",\"embedding\":[-1]}", to: "2.jsonl")
        #expect(await code() == "invalid-embeddings")
    }

    @Test func `refuses vectors of different sizes`() async throws {
        try folder.write("{\"path\":\"a\",\"embedding\":[1]}\n{\"path\":\"b\",\"embedding\":[0,1]}", to: "1.jsonl")
        #expect(await code(["/shop/a", "/shop/b"]) == "dimension-mismatch")
    }

    @Test(arguments: [#"{"backbone":"other"}"#, #"{"backbone":"a \"b\"","layer":"pooled"}"#])
    func `refuses rows of another recipe`(other: String) async throws {
        try folder.write(
            "{\"path\":\"a\",\"embedding\":[1]}\n{\"path\":\"b\",\"embedding\":[1],\"recipe\":\(other)}",
            to: "1.json"
        )
        #expect(await code() == "recipe-mismatch")
    }

    @Test func `takes the recipe from rows, as a text or an object`() async throws {
        try FileManager.default.removeItem(atPath: "\(folder.path)/_recipe.json")
        try folder.write("{\"path\":\"a\",\"embedding\":[1]}", to: "1.jsonl")
        #expect(await code() == "invalid-embeddings")
        try folder.write(
            """
            {"path":"z","error":{"code":"x","message":"y"}}
            {"path":"a","embedding":[1],"recipe":{"backbone": "b"}}
            {"path":"b","embedding":[1],"recipe":"{\\"backbone\\":\\"b\\"}"}
            """,
            to: "1.jsonl"
        )
        #expect(try await read(["/shop/a"]).recipe == ["backbone": "b"])
    }

    @Test(arguments: ["", "{}", "[]", #"{"a": 1}"#, #"{"a": "1", "a": "2"}"#, #"{"a": {}}"#])
    func `refuses what is no recipe`(text: String) async throws {
        try folder.write(text, to: "_recipe.json")
        try folder.write("{\"path\":\"a\",\"embedding\":[1]}", to: "1.jsonl")
        #expect(await code() == "invalid-embeddings")
    }

    @Test func `is read beside its caller's actor, and no further once the task is cancelled`() async throws {
        let rows = (0..<2000).map { "{\"path\":\"\($0)\",\"embedding\":[1]}" }
        try folder.write(rows.joined(separator: "\n"), to: "1.jsonl")
        let path = folder.path

        let call = try await CallingActor().call { _ in
            try await EmbeddingFolder(path: path).read(for: ["/shop/7"], in: "/shop")
        }
        #expect(call.leftActorFree)
        #expect(call.value.vectorCount == 1)

        await #expect(throws: CancellationError.self) {
            try await cancelling { cancel in
                cancel()
                return try await EmbeddingFolder(path: path).read(for: ["/shop/7"], in: "/shop")
            }
        }
    }

    @Test func `that is not there, or has no files, is an error`() async throws {
        #expect(await code() == "file-not-found")
        let error = await #expect(throws: RecError.self) {
            try await EmbeddingFolder(path: "\(folder.path)/none").read(for: ["a"], in: "")
        }
        #expect(error?.code.name == "file-not-found")
    }

    @Test func `tells texts apart that Unicode holds equal`() async throws {
        try folder.write(
            "{\"path\":\"\u{E9}\",\"embedding\":[1]}\n{\"path\":\"e\u{301}\",\"embedding\":[-1]}",
            to: "1.jsonl"
        )
        let table = try await read(["/shop/\u{E9}", "/shop/e\u{301}"])
        #expect(try await table.result(for: "/shop/\u{E9}").get().components == [1])
        #expect(try await table.result(for: "/shop/e\u{301}").get().components == [-1])
    }
}
