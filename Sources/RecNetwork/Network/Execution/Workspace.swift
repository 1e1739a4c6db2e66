internal import RecCompute

/// The memory that one run of a ``Plan`` needs, and the threads that share its work.
///
/// All tasks share a plan; each task that runs it has its own workspace and may reuse it. It is therefore not
/// `Sendable`.
package final class Workspace {
    let arena: FloatArena
    let team: ThreadTeam

    /// Allocates memory for a plan, ``Plan/workspaceBytes``, and starts its threads beyond the caller's.
    package init(for plan: Plan) {
        arena = FloatArena(count: plan.arenaCount)
        team = ThreadTeam(count: plan.settings.threads)
    }
}
