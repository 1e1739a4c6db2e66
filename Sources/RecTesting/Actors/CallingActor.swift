/// An actor that makes a call, and observes whether the call leaves it free for others.
///
/// ```swift
/// let call = try await CallingActor().call { actor in
///     try await plan.fit(to: sample, progress: { _ in actor.ask() })
/// }
/// #expect(call.leftActorFree && call.answers > 0)
/// ```
/// A function that runs on its caller's actor fails this without regard to time: it asks from the actor, or comes back
/// to it more often than once.
package actor CallingActor {
    private let executor = ObservedExecutor()
    private let questions = Questions()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init() {}

    /// Makes a call from the actor.
    ///
    /// - Parameter operation: Calls the function under test. It runs on the actor itself, and gets it to ask.
    /// - Returns: What was observed.
    /// - Throws: What the operation throws.
    package func call<Value: Sendable>(
        _ operation: (CallingActor) async throws -> Value
    ) async throws -> ActorCall<Value> {
        let before = executor.jobCount
        let value = try await operation(self)
        return ActorCall(
            value: value,
            questions: questions.asked,
            answers: questions.answered,
            returns: executor.jobCount - before
        )
    }

    /// Asks the actor something while it waits for the call, and waits for the answer if there can be one.
    package nonisolated func ask() {
        questions.ask(executor)
    }
}
