internal import RecCore

extension MilvusStatus {
    // Numbers of faults by today's protocol.
    private static let notReady = 1
    private static let unavailable = 2
    private static let rateLimit = 8
    private static let noReplica = 503
    private static let lagging = [9, 10, 201, 203, 502, 503, 504]

    static let collectionNotFound = 100
    static let collectionNotLoaded = 101

    /// Whether the same call may do better a little later.
    var mayPass: Bool {
        isRetriable && code != Self.collectionNotFound || code == Self.unavailable || code == Self.rateLimit
            || Self.lagging.contains(code) || isStarting
    }

    /// Whether parts of the server are not there yet.
    var isStarting: Bool {
        reason.contains("find no available") || code == Self.notReady && reason.contains("not ready")
    }

    /// Whether the collection must be loaded before it can be searched.
    var isNotLoaded: Bool { code == Self.collectionNotLoaded || reason.contains("not loaded") }

    /// Whether there is no such collection.
    var isNotFound: Bool {
        code == Self.collectionNotFound || reason.contains("can't find collection")
    }
}

extension MilvusClient {
    /// Longer words of a server are cut.
    private static let mostWords = 400

    func error(_ status: MilvusStatus, _ method: String) -> RecError {
        let words = status.reason.prefix(Self.mostWords)
        if status.isNotFound {
            return RecError(.unknownCollection, "Milvus at \(address) has no such collection: \(words)")
        }
        if status.isNotLoaded {
            return RecError(.notLoaded, "A collection of Milvus at \(address) is not loaded: \(words)")
        }
        if status.mayPass {
            return RecError(
                .unreachable,
                "Milvus at \(address) is not ready for \(method) (\(status.code)): \(words). Try again later."
            )
        }
        return RecError(
            .milvusRefused,
            "Milvus at \(address) refused \(method) (\(status.code != 0 ? status.code : status.oldCode)): \(words)"
        )
    }

    func error(_ fault: GRPCFault) -> RecError {
        switch fault.kind {
        case .unreachable:
            RecError(
                .unreachable,
                "Milvus at \(address) cannot be reached: \(fault.reason). Check that it runs, and the address."
            )
        case .deadline:
            RecError(.deadlineExceeded, "Milvus at \(address) did not answer in time. Try again later.")
        case .untrusted:
            RecError(
                .untrustedServer,
                "The certificate of the server at \(address) is not trusted: \(fault.reason). Name its authority "
                    + "in the settings' 'certificates'."
            )
        case .foreign:
            RecError(
                .foreignServer,
                "What answers at \(address) is no Milvus: \(fault.reason) Check host, port and scheme."
            )
        case .tooLarge:
            RecError(
                .milvusRefused,
                "The answer of Milvus at \(address) is longer than \(settings.maximumAnswerSize) bytes. Ask for "
                    + "less, or raise 'maximumAnswerSize'."
            )
        }
    }

    func error(_ status: GRPCStatus) -> RecError {
        let words = status.message.prefix(Self.mostWords)
        switch status.code {
        case GRPCStatus.deadlineExceeded: return error(GRPCFault(.deadline, ""))
        case GRPCStatus.unavailable: return error(GRPCFault(.unreachable, String(words)))
        case GRPCStatus.unimplemented:
            return RecError(
                .foreignServer,
                "What answers at \(address) is no Milvus of version 2.3 or later: \(words)"
            )
        case GRPCStatus.unauthenticated, GRPCStatus.permissionDenied:
            return RecError(
                .accessDenied,
                "Milvus at \(address) wants other credentials; give them as user:password@ before the host."
            )
        default:
            return RecError(.milvusRefused, "Milvus at \(address) failed (gRPC \(status.code)): \(words)")
        }
    }
}
