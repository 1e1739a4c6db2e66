internal import RecCore
internal import RecFiles

/// Longer words of a server are cut.
private let mostWords = 400

extension GRPCFault {
    func error(of method: String, at client: MilvusClient) -> RecError {
        let address = client.address
        return switch kind {
        case .unreachable:
            RecError(
                .unreachable,
                "Milvus at \(address) cannot be reached: \(reason). Check that it runs, and the address."
            )
        case .deadline:
            RecError(.deadlineExceeded, "Milvus at \(address) did not answer in time. Try again later.")
        case .untrusted:
            RecError(
                .untrustedServer,
                "The certificate of the server at \(address) is not trusted: \(reason). Name its authority in the "
                    + "settings' 'certificates'."
            )
        case .foreign:
            RecError(
                .foreignServer,
                "What answers at \(address) is no Milvus: \(reason). Check host, port and scheme."
            )
        case .tooLarge:
            RecError(
                .milvusRefused,
                "The answer of Milvus at \(address) is too long: \(reason). Ask for less at once."
            )
        }
    }
}

extension GRPCStatus {
    func error(of method: String, at client: MilvusClient) -> RecError {
        let address = client.address
        let words = String(message.prefix(mostWords))
        return switch code {
        case Self.deadlineExceeded: GRPCFault(.deadline, words).error(of: method, at: client)
        case Self.unavailable: GRPCFault(.unreachable, words).error(of: method, at: client)
        case Self.unimplemented:
            RecError(.foreignServer, "What answers at \(address) is no Milvus of version 2.3 or later: \(words)")
        case Self.unauthenticated, Self.permissionDenied:
            RecError(
                .accessDenied,
                "Milvus at \(address) wants other credentials; give them as user:password@ before the host."
            )
        default:
            RecError(.milvusRefused, "Milvus at \(address) failed (gRPC \(code)): \(words)")
        }
    }
}

extension ProtobufDamage {
    func error(of method: String, at client: MilvusClient) -> RecError {
        RecError(.foreignServer, "What answers at \(client.address) sent no message of Milvus: \(reason)")
    }
}

extension MilvusStatus {
    func error(of method: String, at client: MilvusClient) -> RecError {
        let address = client.address
        let words = reason.prefix(mostWords)
        if isNotFound {
            return RecError(.unknownCollection, "Milvus at \(address) has no such collection: \(words)")
        }
        if isNotLoaded {
            return RecError(.notLoaded, "A collection of Milvus at \(address) is not loaded: \(words)")
        }
        switch repetition {
        case .untilDeadline:
            return RecError(
                .deadlineExceeded,
                "Products changed during each \(method) of Milvus at \(address), up to the deadline: \(words). Try "
                    + "again later."
            )
        case .later, .onNewConnection:
            return RecError(
                .unreachable,
                "Milvus at \(address) is not ready for \(method) (\(code)): \(words). Try again later."
            )
        case .useless:
            let number = code != 0 ? code : oldCode
            return RecError(.milvusRefused, "Milvus at \(address) refused \(method) (\(number)): \(words)")
        }
    }
}
