/// What a ``CallingActor`` observed of a call.
package struct ActorCall<Value: Sendable>: Sendable {
    /// What the call returned.
    package let value: Value

    /// How often the actor was asked something during the call.
    package let questions: Int

    /// How often it answered.
    package let answers: Int

    /// How often the call came back to the actor; once for a call that does all its work elsewhere.
    package let returns: Int

    /// Whether the actor could serve others from the beginning of the call to its end.
    package var leftActorFree: Bool { returns == 1 && answers == questions }
}
