#if Milvus
import Foundation
import Testing

/// A cluster of Milvus 2.3.5 with two query nodes, which `Scripts/servers/milvus.sh` starts and which ends with this
/// process.
struct MilvusCluster: Sendable {
    /// A process of the cluster that a test kills.
    enum Part: String, Sendable, CaseIterable, CustomTestStringConvertible {
        case queryNode = "querynode1"
        case dataNode = "datanode"
        case proxy
        case coordinators

        var testDescription: String { rawValue }
    }

    /// Whether tests may start a cluster, as those of `Scripts/test_cluster.sh` may.
    static let isWanted = ProcessInfo.processInfo.environment["REC_CLUSTER"] == "1"

    /// The cluster that the tests of this process share.
    static let shared = Task.detached { try MilvusCluster() }

    /// Its proxy.
    let server: MilvusServer

    private init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rec-milvus-\(UUID().uuidString)").path
        let owner = "\(ProcessInfo.processInfo.processIdentifier)"
        let address = try MilvusServer.script(["cluster", folder, "0", "--while", owner])
        server = MilvusServer(kind: .standalone, address: address, folder: folder)
    }

    /// Kills a process.
    func kill(_ part: Part) throws {
        let text = try String(contentsOfFile: "\(server.folder)/\(part.rawValue)/pid", encoding: .utf8)
        guard let process = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw MilvusServer.Failure(description: "no process is named for \(part.rawValue)")
        }
        _ = Foundation.kill(process, SIGKILL)
    }

    /// Starts what was killed, as a supervisor would, and waits until it is ready.
    func restart() throws { _ = try MilvusServer.script(["cluster", server.folder, "0"]) }
}
#endif
