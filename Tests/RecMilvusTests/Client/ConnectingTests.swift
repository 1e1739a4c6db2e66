#if Milvus && os(Linux)
import Foundation
import RecCore
import RecMilvus
import Testing

@Suite("Connections that are not made in time") struct ConnectingTests {
    /// A socket that takes no more connections, since its backlog is full.
    private final class FullListener {
        private(set) var port: UInt16 = 0
        private var sockets: [Int32] = []

        init() throws {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            for number in 0..<5 {
                let socket = Foundation.socket(AF_INET, number == 0 ? streams : streams | nonblocking, 0)
                sockets.append(socket)
                unsafe withUnsafeMutablePointer(to: &address) { pointer in
                    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                        guard number == 0 else {
                            _ = unsafe connect(socket, address, size)
                            return
                        }
                        #expect(unsafe bind(socket, address, size) == 0)
                        #expect(listen(socket, 0) == 0)
                        _ = unsafe getsockname(socket, address, &size)
                    }
                }
            }
            port = UInt16(bigEndian: address.sin_port)
        }

        deinit {
            for socket in sockets { close(socket) }
        }
    }

    @Test func `mean that the server cannot be reached, unless the call has no time left`() async throws {
        let listener = try FullListener()
        try await Task.sleep(for: .milliseconds(100))
        var settings = MilvusClient.Settings()
        settings.connectDeadline = .milliseconds(200)
        let client = try MilvusClient(MilvusAddress("milvus://127.0.0.1:\(listener.port)"), settings: settings)
        let error = await #expect(throws: RecError.self) { try await client.version() }
        #expect(error?.code == .unreachable)
        settings.connectDeadline = .seconds(20)
        settings.deadline = .milliseconds(300)
        let impatient = try MilvusClient(MilvusAddress("milvus://127.0.0.1:\(listener.port)"), settings: settings)
        let late = await #expect(throws: RecError.self) { try await impatient.version() }
        #expect(late?.code == .deadlineExceeded)
        withExtendedLifetime(listener) {}
    }
}

private let streams = Int32(SOCK_STREAM.rawValue)
private let nonblocking = Int32(SOCK_NONBLOCK.rawValue)
#endif
