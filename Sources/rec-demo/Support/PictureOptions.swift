import ArgumentParser
import RecCore
import RecImage

/// How pictures are decoded, for the commands that compute embeddings.
struct PictureOptions: ParsableArguments {
    @Option(help: "Truncated and damaged pictures: refuse, or accept what can be decoded.")
    var damaged = DamageOption.refuse

    /// Whether a picture failed that `--damaged accept` may decode.
    static func couldBeAccepted(_ error: any Error) -> Bool {
        (error as? RecError).map { $0.code == .truncatedImage || $0.code == .corruptImage } ?? false
    }
}

/// The values of `--damaged`.
enum DamageOption: String, ExpressibleByArgument, CaseIterable {
    case accept, refuse

    var setting: DamageHandling { self == .accept ? .accepted : .refused }
}
