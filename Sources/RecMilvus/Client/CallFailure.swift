internal import RecCore
internal import RecFiles

/// Why a call has no answer.
protocol CallFailure: Error {
    /// What becomes of the call when it is made again.
    var repetition: Repetition { get }

    /// The error for a host.
    func error(of method: String, at client: MilvusClient) -> RecError
}

/// What becomes of a call that failed when it is made again.
enum Repetition {
    /// It fails in the same way.
    case useless
    /// It may succeed a little later.
    case later
    /// It may succeed on a new connection: the one that it had broke, or something else answered on it.
    case onNewConnection
    /// It succeeds as soon as no change comes in between, so only its deadline ends the attempts.
    case untilDeadline
}

extension GRPCFault: CallFailure {
    var repetition: Repetition {
        switch kind {
        case .unreachable, .foreign: .onNewConnection
        case .deadline, .untrusted, .tooLarge: .useless
        }
    }
}

extension GRPCStatus: CallFailure {
    var repetition: Repetition { code == Self.unavailable ? .onNewConnection : .useless }
}

extension ProtobufDamage: CallFailure {
    var repetition: Repetition { .useless }
}

extension MilvusStatus: CallFailure {
    // Numbers of faults by today's protocol.
    private static let notReady = 1
    private static let unavailable = 2
    private static let rateLimit = 8
    private static let lagging = [9, 10, 201, 203, 502, 503, 504]
    private static let collectionNotFound = 100
    private static let collectionNotLoaded = 101
    /// A segment was merged into another one meanwhile.
    private static let segmentNotFound = 600
    private static let overtaken = 2200

    var repetition: Repetition {
        if isOvertaken { return .untilDeadline }
        let mayPass =
            isRetriable && code != Self.collectionNotFound || code == Self.unavailable || code == Self.rateLimit
            || code == Self.segmentNotFound || Self.lagging.contains(code) || isStarting || isCutOff
        return mayPass ? .later : .useless
    }

    /// Whether a product was changed between the two steps of a search, which finds products and then reads their fields.
    private var isOvertaken: Bool {
        code == Self.overtaken || reason.contains("incomplete query result, missing id")
    }

    /// Whether parts of the server are not there yet.
    private var isStarting: Bool {
        reason.contains("find no available") || code == Self.notReady && reason.contains("not ready")
    }

    /// Whether the proxy did not reach a node that it asked, as while one dies: another one may have the same products.
    private var isCutOff: Bool {
        ["code = Unavailable", "empty grpc client", "node not found"].contains { reason.contains($0) }
    }

    /// Whether the collection must be loaded before it can be searched.
    var isNotLoaded: Bool { code == Self.collectionNotLoaded || reason.contains("not loaded") }

    /// Whether there is no such collection.
    var isNotFound: Bool { code == Self.collectionNotFound || reason.contains("can't find collection") }
}
