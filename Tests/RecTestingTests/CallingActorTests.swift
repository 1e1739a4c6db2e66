import RecTesting
import Testing

@Suite struct `An actor that calls` {
    @concurrent private func away(_ body: () -> Void) async { body() }
    private func here(_ body: () -> Void) async { body() }

    @Test func `stays free while a function runs elsewhere`() async throws {
        let call = try await CallingActor().call { actor in
            await away { actor.ask() }
            return 3
        }
        #expect(call.leftActorFree && call.answers == 1 && call.value == 3)
    }

    @Test func `sees that a function runs on it`() async throws {
        let silent = try await CallingActor().call { _ in await here {} }
        #expect(!silent.leftActorFree && silent.returns == 0)
        let asked = try await CallingActor().call { actor in
            await here { actor.ask() }
            await away {}
        }
        #expect(!asked.leftActorFree && asked.questions == 1 && asked.answers == 0)
    }

    @Test func `sees that a function comes back to it for more`() async throws {
        let call = try await CallingActor().call { _ in
            await away {}
            await here {}
            await away {}
        }
        #expect(!call.leftActorFree && call.returns != 1)
    }
}

@Suite struct `An operation that cancels itself` {
    @Test func `ends where it looks`() async {
        await #expect(throws: CancellationError.self) {
            try await cancelling { cancel in
                try Task.checkCancellation()
                cancel()
                try Task.checkCancellation()
            }
        }
    }

    @Test func `may end well`() async throws {
        #expect(try await cancelling { _ in 5 } == 5)
    }
}
