import Foundation
import RecFiles
import RecMilvus
import Testing

@Suite("Messages, beside the bytes that Google's library makes of the same contents") struct MessageTests {
    private static let goldens: [String: [UInt8]] = {
        guard let url = Bundle.module.url(forResource: "Fixtures/messages", withExtension: "txt"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { return [:] }
        return text.split(separator: "\n").reduce(into: [:]) { goldens, line in
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            let digits = Array(parts[1])
            goldens[String(parts[0])] = stride(from: 0, to: digits.count, by: 2).map {
                UInt8(String(digits[$0..<$0 + 2]), radix: 16) ?? 0
            }
        }
    }()

    private static let texts = ["plain", "quote \" and \\", "emoji \u{1f44d}", ""]
    private static let vectors = (0..<12).map { Float(0.1 * Double($0)) }
    private static let columns = [
        MilvusColumn("id", .texts(texts)),
        MilvusColumn("vector", .vectors(dimension: 3, vectors)),
        MilvusColumn("pattern", .integers([0, -1, 300, 1 << 62])),
        MilvusColumn("terms", .lists((0..<4).map { Array(texts.prefix($0)) })),
        MilvusColumn("numbers", .json(["{\"price\": [1.5]}", "{}", "", "{}"].map { Array($0.utf8) })),
    ]

    private static let products = CollectionPath("products")
    private static let shop = CollectionPath("products", database: "shop")

    private static let requests: [(String, any MilvusRequest)] = [
        (
            "create",
            CreateCollectionRequest(
                shop,
                description: "Ein Test",
                fields: [
                    MilvusField("id", .text, isPrimary: true, ["max_length": "65535"]),
                    MilvusField("vector", .vector, ["dim": "3"]),
                    MilvusField("terms", .list, elements: .text, ["max_length": "256", "max_capacity": "4096"]),
                ],
                shards: 2,
                consistency: 2,
                properties: [("one", "1"), ("two", "")]
            )
        ),
        ("alter", AlterCollectionRequest(products, properties: [("one", "1"), ("two", "")])),
        ("connect", ConnectRequest()),
        ("drop", CollectionRequest<DropCollection>(shop)),
        ("load", LoadCollectionRequest(products, replicas: 2)),
        ("load-state", CollectionRequest<GetLoadState>(shop)),
        (
            "index",
            CreateIndexRequest(
                products,
                field: "vector",
                parameters: [("index_type", "FLAT"), ("params", "{}")]
            )
        ),
        ("replicas", ReplicasRequest(shop)),
        ("loaded", LoadedSegmentsRequest(shop)),
        ("stored", StoredSegmentsRequest(shop)),
        ("flush", FlushRequest(products)),
        ("flush-state", FlushStateRequest(products, segments: [1, 1 << 40], time: 1 << 60)),
        ("upsert", UpsertRequest(products, columns: columns, rows: 4)),
        ("delete", DeleteRequest(products, filter: "id in [\"a\"]")),
        (
            "query",
            QueryRequest(
                products,
                filter: "pattern >= 0",
                fields: ["id", "vector"],
                moment: ReadMoment(level: 1, time: 1 << 60),
                parameters: [("limit", "10")]
            )
        ),
        (
            "search",
            SearchRequest(
                products,
                filter: "pattern in [1]",
                vectors: [[1, 2, 3], [-1, 0, 0.5]],
                fields: ["id"],
                moment: ReadMoment(level: 1, time: 7),
                parameters: [("anns_field", "vector"), ("topk", "5")]
            )
        ),
    ]

    @Test(arguments: requests.map(\.0))
    func `a request has the bytes of the reference`(name: String) throws {
        let request = try #require(Self.requests.first { $0.0 == name }?.1)
        #expect(request.message == Self.goldens[name])
    }

    @Test func `a consistency level goes by the times that Milvus 2.3 reads, too`() {
        // Times below are not times: 0 waits for everything, 1 for nothing, and 2 leaves out the last seconds.
        let moments = MilvusConsistency.allCases.map { ReadMoment($0) }
        #expect(moments.map(\.level) == [0, 1, 2, 3])
        #expect(moments.map(\.time) == [0, 1, 2, 1])
    }

    private func answer<Answer: MilvusAnswer>(_ type: Answer.Type, _ name: String) throws -> Answer {
        try #require(Self.goldens[name]).withBytes { try Answer($0) }
    }

    @Test func `answers are read as the reference wrote them`() throws {
        let status = try answer(MilvusStatus.self, "status")
        #expect(status.code == 65535 && status.oldCode == 1 && status.reason == "no such thing" && status.isRetriable)
        #expect(try !answer(QueryRequest.Answer.self, "refused").status.isGood)
        let description = try answer(CollectionDescription.self, "description")
        #expect(description.status.isGood && description.properties == ["one": "1", "two": "2"])
        #expect(description.fields.map(\.name) == ["id", "vector", "terms"])
        #expect(description.fields[1].parameters == ["dim": "3"])
        #expect(try answer(LoadState.self, "state").state == LoadState.loaded)
        #expect(try answer(VersionRequest.Answer.self, "version").version == "v2.3.5")
        #expect(try answer(ConnectRequest.Answer.self, "connected").deployment == "DISTRIBUTED")
        let flush = try answer(FlushRequest.Answer.self, "flushed")
        #expect(flush.segments == [5, 6] && flush.time == 1 << 50)
        #expect(try answer(FlushStateRequest.Answer.self, "flush-done").isFlushed)
        let replicas = try answer(ReplicasRequest.Answer.self, "replica-nodes")
        #expect(replicas.fault.isGood && replicas.nodes == [[4, 1 << 40], [], [9]])
        let missing = try answer(ReplicasRequest.Answer.self, "replica-fault")
        #expect(missing.status.isGood && missing.fault.code == 65535)
        let loaded = try answer(LoadedSegmentsRequest.Answer.self, "loaded-segments").segments
        #expect(loaded.map(\.id) == [7, 1 << 40] && loaded.map(\.nodes) == [[4, 9], []])
        #expect(try answer(StoredSegmentsRequest.Answer.self, "stored-segments").segments == [5, 1 << 40])
        #expect(try answer(MutationAnswer.self, "mutation").time == 1 << 60 + 1)
        var columns = Self.columns
        columns[3].values = .other
        #expect(try answer(QueryRequest.Answer.self, "rows").columns == columns)
        let found = try answer(SearchRequest.Answer.self, "found")
        #expect(found.counts == [3, 1] && found.scores == [0.5, 0.25, -1, 1e-7] && found.ids == Self.texts)
        #expect(found.columns == Array(columns.prefix(3)))
    }

    @Test(arguments: [
        "found", "rows", "description", "status", "flushed", "replica-nodes", "loaded-segments", "stored-segments",
    ])
    func `an answer that is cut off or changed is an error or an answer, never a crash`(name: String) throws {
        let bytes = try #require(Self.goldens[name])
        func read(_ bytes: [UInt8]) {
            _ = try? bytes.withBytes { try SearchRequest.Answer($0) }
            _ = try? bytes.withBytes { try QueryRequest.Answer($0) }
            _ = try? bytes.withBytes { try CollectionDescription($0) }
            _ = try? bytes.withBytes { try FlushRequest.Answer($0) }
            _ = try? bytes.withBytes { try ReplicasRequest.Answer($0) }
            _ = try? bytes.withBytes { try LoadedSegmentsRequest.Answer($0) }
            _ = try? bytes.withBytes { try StoredSegmentsRequest.Answer($0) }
        }
        for count in bytes.indices { read(Array(bytes.prefix(count))) }
        for position in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[position] = value
                read(changed)
            }
        }
    }
}
