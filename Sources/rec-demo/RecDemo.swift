package import ArgumentParser

/// The demo's entry point; each subcommand has a file in `Commands`.
@main
package struct RecDemo: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "rec-demo",
        abstract: "Product recommendations from pictures and attributes.",
        discussion: """
            Results go to standard output, progress and warnings to standard error. The exit code is 0 when all went \
            well, 1 when an item failed, 64 for wrong usage.
            """,
        subcommands: [
            EmbedCommand.self, IndexCommand.self, SimilarCommand.self, RecommendCommand.self, NeighborsCommand.self,
            EvaluateCommand.self, WeightsCommand.self, ReportCommand.self, PublishCommand.self,
            FollowCommand.self, NetworkCommand.self, SelfTestCommand.self,
            CalibrateCommand.self,
        ]
    )

    package init() {}
}
