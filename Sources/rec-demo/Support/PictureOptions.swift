import ArgumentParser
import RecCore
import RecImage

/// How pictures are decoded, for the commands that compute embeddings.
struct PictureOptions: ParsableArguments {
    @Option(help: "Truncated and damaged pictures: refuse, or accept what can be decoded.")
    var damaged = DamageOption.refuse

    @Option(help: "The colour behind transparent pictures, as '#rrggbb'.", transform: color)
    var background = RGBColor(red: 255, green: 255, blue: 255)

    /// Reads six hexadecimal digits, with or without a `#`, which a shell may take for a comment.
    private static func color(_ text: String) throws -> RGBColor {
        guard let color = RGBColor(text.hasPrefix("#") ? text : "#" + text) else {
            throw ValidationError("--background must be a colour like '#ffffff'.")
        }
        return color
    }

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
