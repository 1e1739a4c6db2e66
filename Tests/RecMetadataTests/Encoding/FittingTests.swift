import RecCompute
import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `Fitting an encoder in the background` {
    private static let products = (0..<20_000).map { index in
        Product(id: ProductID("\(index)"), attributes: ["colour": ["c\(index % 40)"], "size": ["s\(index % 7)"]])
    }

    @Test func `gives the encoder of the initializer and leaves its caller's actor free`() async throws {
        let progress = LockedValue<[Int]>([])
        let call = try await CallingActor().call { _ in
            try await OneHotEncoder.fitted(to: Self.products, attributes: ["colour", "size"]) { report in
                progress.withLock { $0.append(report.done) }
            }
        }
        #expect(call.leftActorFree)
        #expect(try call.value == OneHotEncoder(fitting: Self.products, attributes: ["colour", "size"]))
        #expect(progress.withLock { $0 } == [1, 2])
    }

    @Test func `ends when its task is cancelled`() async throws {
        await #expect(throws: CancellationError.self) {
            try await cancelling { cancel in
                cancel()
                return try await OneHotEncoder.fitted(to: Self.products, attributes: ["colour"])
            }
        }
    }

    @Test func `refuses what the initializer refuses`() async throws {
        await #expect(throws: RecError.self) { try await OneHotEncoder.fitted(to: Self.products, attributes: []) }
    }
}
