internal import RecPlatform

/// The memory that one run of a ``Plan`` needs.
///
/// A plan is shared by all tasks; each task that runs it brings a workspace of its own and may use it again and again.
/// It is not `Sendable` for that reason.
public final class Workspace {
    let arena: FloatArena

    /// Allocates memory for a plan: ``Plan/workspaceBytes``.
    public init(for plan: Plan) {
        arena = FloatArena(count: plan.workspaceBytes / MemoryLayout<Float>.stride)
    }
}
