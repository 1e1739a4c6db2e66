package import ArgumentParser
package import RecCore

/// `--where attribute=value`: values of one attribute are alternatives, different attributes must all match.
package struct FilterOption: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            """
            Only products with this value; the same attribute again gives an alternative. Also attribute!=value, and \
            for numbers attribute<n, <=n, >n, >=n.
            """,
            valueName: "attribute=value"
        )
    )
    package var conditions: [String] = []

    package init() {}

    /// The filter, or nil when there is no condition.
    package var filter: AttributeFilter? {
        guard !conditions.isEmpty else { return nil }
        var values: [String: [String]] = [:]
        var others: [AttributeFilter] = []
        for condition in conditions.compactMap(FilterCondition.init) {
            if case .equal = condition.comparison {
                values[condition.attribute, default: []].append(condition.value)
            } else if let filter = condition.filter {
                others.append(filter)
            }
        }
        return .all(values.keys.sorted().map { .has($0, anyOf: AttributeValues(values[$0] ?? [])) } + others)
    }

    package func validate() throws {
        for condition in conditions where FilterCondition(condition)?.filter == nil {
            throw ValidationError("'--where \(condition)' must have the form attribute=value, or attribute<number.")
        }
    }
}
