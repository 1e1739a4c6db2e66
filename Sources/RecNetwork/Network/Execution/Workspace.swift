internal import RecCompute

/// The memory that one run of a ``Plan`` needs, and the threads that share its work.
///
/// A plan is shared by all tasks; each task that runs it brings a workspace of its own and may use it again and again.
/// It is not `Sendable` for that reason.
package final class Workspace {
    let arena: FloatArena
    let team: ThreadTeam

    /// Allocates memory for a plan, ``Plan/workspaceBytes``, and starts its threads beyond the caller's.
    package init(for plan: Plan) {
        arena = FloatArena(count: plan.arenaCount)
        team = ThreadTeam(count: plan.settings.threads)
    }
}
