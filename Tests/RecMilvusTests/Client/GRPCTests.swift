import RecCompute
import RecCore
import RecMilvus
import Testing

@Suite("Replies, faults and attempts, with a transport that answers from a list") struct GRPCTests {
    private final class Script: GRPCTransport {
        private let replies: LockedValue<[Result<GRPCReply, GRPCFault>]>
        private let fresh = LockedValue<[Bool]>([])

        init(_ replies: [Result<GRPCReply, GRPCFault>]) { self.replies = LockedValue(replies) }

        var left: Int { replies.withLock { $0.count } }

        /// For each call so far whether it was to open a connection.
        var wereFresh: [Bool] { fresh.withLock { $0 } }

        func send(_ request: GRPCRequest) async throws -> GRPCReply {
            fresh.withLock { $0.append(request.isFresh) }
            return try replies.withLock { replies in
                guard !replies.isEmpty else { throw GRPCFault(.unreachable, "no reply left") }
                return try replies.removeFirst().get()
            }
        }
    }

    private static let head = "HTTP/2 200\r\ncontent-type: application/grpc+proto\r\n"
    private static let good = GRPCReply(
        httpStatus: 200,
        headers: head + "grpc-status: 0\r\n",
        body: [0, 0, 0, 0, 8, 18, 6] + Array("v2.3.5".utf8)
    )
    private static let gone = GRPCFault(.unreachable, "connection refused")

    private func client(_ script: Script) throws -> MilvusClient {
        try MilvusClient(MilvusAddress("milvus://anna:geheim@shop.example:19530"), transport: script)
    }

    @Test func `a reply has one message`() async throws {
        #expect(try await client(Script([.success(Self.good)])).version() == "v2.3.5")
    }

    @Test func `a whole message is taken without a status, which libcurl may have lost`() async throws {
        let reply = GRPCReply(httpStatus: 200, headers: Self.head, body: Self.good.body)
        #expect(try await client(Script([.success(reply)])).version() == "v2.3.5")
        let half = GRPCReply(httpStatus: 200, headers: Self.head, body: Array(Self.good.body.dropLast()))
        #expect(try await client(Script([.success(half), .success(Self.good)])).version() == "v2.3.5")
    }

    @Test func `a call is repeated when the server cannot be reached, a few times`() async throws {
        let script = Script([.failure(Self.gone), .failure(Self.gone), .success(Self.good)])
        #expect(try await client(script).version() == "v2.3.5")
        let dead = Script(Array(repeating: .failure(Self.gone), count: 5))
        let error = await #expect(throws: RecError.self) { try await client(dead).version() }
        #expect(error?.code == .unreachable)
        #expect(dead.left == 2)
    }

    /// A search of Milvus 2.3 that was overtaken by a change.
    private static let overtaken = refusal("incomplete query result, missing id p97, len(searchIDs) = 3")

    /// What Milvus 2.3 says of a fault, by default one that has no number of its own, with the message of a request for the
    /// version.
    private static func refusal(_ words: String, code: [UInt8] = [0xFF, 0xFF, 3]) -> GRPCReply {
        let reason = Array(words.utf8)
        let status: [UInt8] = [18, UInt8(reason.count)] + reason + [24] + code
        let message = [10, UInt8(status.count)] + status
        return reply([0, 0, 0, 0, UInt8(message.count)] + message)
    }

    @Test func `a search that a change overtakes is repeated until its deadline`() async throws {
        let script = Script(Array(repeating: .success(Self.overtaken), count: 4) + [.success(Self.good)])
        #expect(try await client(script).version() == "v2.3.5")
        var settings = MilvusClient.Settings()
        settings.deadline = .milliseconds(250)
        let endless = Script(Array(repeating: .success(Self.overtaken), count: 100))
        let impatient = MilvusClient(try MilvusAddress("milvus://h"), settings: settings, transport: endless)
        let error = await #expect(throws: RecError.self) { try await impatient.version() }
        #expect(error?.code == .deadlineExceeded && error?.kind == .busy)
    }

    @Test(arguments: [
        "failed to search/query delegator 2: session not found->querynode-2: node not found[node=2]",
        "rpc error: code = Unavailable desc = error reading from server: EOF",
        "empty grpc client: failed to connect 127.0.0.1:22013",
    ])
    func `a search whose node is dying is made again, and another replica answers`(words: String) async throws {
        let script = Script([.success(Self.refusal(words)), .success(Self.good)])
        #expect(try await client(script).version() == "v2.3.5")
        let dead = Script(Array(repeating: .success(Self.refusal(words)), count: 5))
        let error = await #expect(throws: RecError.self) { try await client(dead).version() }
        #expect(error?.code == .unreachable && error?.kind == .busy)
    }

    @Test func `a question about a segment that is merged meanwhile is asked again`() async throws {
        // The number 600 in the wire format.
        let merged = Self.refusal("segment not found[segment=470767470467]", code: [0xD8, 4])
        let script = Script([.success(merged), .success(Self.good)])
        #expect(try await client(script).version() == "v2.3.5")
    }

    private static let webServer = GRPCReply(httpStatus: 404, headers: "content-type: text/html\r\n", body: [])

    @Test func `what is no Milvus is believed when it answers again on a new connection`() async throws {
        let passing = Script([.success(Self.webServer), .success(Self.good)])
        #expect(try await client(passing).version() == "v2.3.5")
        #expect(passing.wereFresh == [false, true])
        for (replies, code) in [
            ([Result.failure(Self.gone), .failure(Self.gone), .success(Self.webServer)], RecError.Code.unreachable),
            ([.success(Self.webServer), .failure(Self.gone), .success(Self.webServer)], .unreachable),
            ([.failure(Self.gone), .success(Self.webServer), .success(Self.webServer)], .foreignServer),
        ] {
            let error = await #expect(throws: RecError.self) { try await client(Script(replies)).version() }
            #expect(error?.code == code)
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let reply: Result<GRPCReply, GRPCFault>
        let code: String

        var testDescription: String { name }
    }

    static let faults: [Fault] = [
        Fault(name: "deadline", reply: .failure(GRPCFault(.deadline, "")), code: "deadline-exceeded"),
        Fault(name: "certificate", reply: .failure(GRPCFault(.untrusted, "self signed")), code: "untrusted-server"),
        Fault(name: "too large", reply: .failure(GRPCFault(.tooLarge, "")), code: "milvus-refused"),
        Fault(
            name: "a web server",
            reply: .success(webServer),
            code: "foreign-server"
        ),
        Fault(
            name: "a proxy without a server",
            reply: .success(GRPCReply(httpStatus: 503, headers: "content-type: text/html\r\n", body: [])),
            code: "unreachable"
        ),
        Fault(
            name: "no status",
            reply: .success(GRPCReply(httpStatus: 200, headers: head, body: [])),
            code: "unreachable"
        ),
        Fault(name: "half a message", reply: .success(reply([0, 0, 0, 0, 9, 1])), code: "foreign-server"),
        Fault(name: "a compressed message", reply: .success(reply([1, 0, 0, 0, 0])), code: "foreign-server"),
        Fault(name: "no message of Milvus", reply: .success(reply([0, 0, 0, 0, 1, 255])), code: "foreign-server"),
        Fault(name: "unauthenticated", reply: .success(status(16, "auth%20check")), code: "access-denied"),
        Fault(name: "unimplemented", reply: .success(status(12, "unknown%20method")), code: "foreign-server"),
        Fault(name: "its own deadline", reply: .success(status(4, "")), code: "deadline-exceeded"),
        Fault(name: "internal", reply: .success(status(13, "100%25 %C3%A4")), code: "milvus-refused"),
    ]

    private static func reply(_ body: [UInt8]) -> GRPCReply {
        GRPCReply(httpStatus: 200, headers: head + "grpc-status: 0\r\n", body: body)
    }

    private static func status(_ code: Int, _ message: String) -> GRPCReply {
        GRPCReply(httpStatus: 200, headers: head + "grpc-status: \(code)\r\ngrpc-message: \(message)\r\n", body: [])
    }

    @Test(arguments: faults)
    func `faults have their codes, and no error names the credentials`(fault: Fault) async throws {
        let script = Script(Array(repeating: fault.reply, count: 3))
        let error = await #expect(throws: RecError.self) { try await client(script).version() }
        #expect(error?.code.name == fault.code)
        #expect(error?.message.contains("geheim") == false && error?.message.contains("anna") == false)
        if fault.name == "internal" { #expect(error?.message.contains("100% ä") == true) }
    }
}
