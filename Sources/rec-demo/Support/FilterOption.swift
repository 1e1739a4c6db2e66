import ArgumentParser
import RecCore

/// `--where attribute=value`: values of one attribute are alternatives, different attributes must all match.
struct FilterOption: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only products with this value; the same attribute again gives an alternative.",
            valueName: "attribute=value"
        )
    )
    var conditions: [String] = []

    /// The filter, or nil when there is no condition.
    var filter: AttributeFilter? {
        guard !conditions.isEmpty else { return nil }
        var values: [String: Set<String>] = [:]
        for (name, value) in conditions.compactMap(Self.split) { values[name, default: []].insert(value) }
        return .all(values.keys.sorted().map { .has($0, anyOf: values[$0] ?? []) })
    }

    func validate() throws {
        for condition in conditions where Self.split(condition) == nil {
            throw ValidationError("'--where \(condition)' must have the form attribute=value.")
        }
    }

    private static func split(_ condition: String) -> (String, String)? {
        let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        return (String(parts[0]), String(parts[1]))
    }
}
