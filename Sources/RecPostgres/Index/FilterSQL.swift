internal import RecCore

/// Conditions on products in SQL; every text of a query is a parameter.
struct FilterSQL {
    /// Values that are looked up one by one in the index of attributes.
    private static let fewValues = 32

    /// The condition of a filter; never `NULL`.
    static func condition(_ filter: AttributeFilter, _ sql: inout SQLBuilder) throws(RecError) -> String {
        switch filter {
        case .has(let attribute, let values):
            // No product of a table has a text with a zero.
            let values = values.values.filter { !$0.utf8.contains(0) }
            guard !values.isEmpty, !attribute.utf8.contains(0) else { return "false" }
            guard values.count > fewValues else {
                return try any(
                    values.map { value throws(RecError) in
                        "attributes @> " + sql.bind(try .jsonb(JSONWriter.object(attribute, value)))
                    }
                )
            }
            let name = sql.bind(try .text(attribute))
            let list = sql.bind(try .texts(values))
            return "case when attributes ? \(name) then (attributes -> \(name)) ?| \(list) else false end"
        case .number(let attribute, let range):
            return try number(attribute, range, &sql)
        case .all(let filters):
            guard !filters.isEmpty else { return "true" }
            var parts: [String] = []
            for filter in filters { parts.append(try condition(filter, &sql)) }
            return "(" + parts.joined(separator: " and ") + ")"
        case .any(let filters):
            var parts: [String] = []
            for filter in filters { parts.append(try condition(filter, &sql)) }
            return any(parts)
        case .not(let filter):
            return "(not " + (try condition(filter, &sql)) + ")"
        }
    }

    private static func any(_ parts: [String]) -> String {
        parts.isEmpty ? "false" : "(" + parts.joined(separator: " or ") + ")"
    }

    /// Bounds are written with the fewest digits that Swift reads back, as the numbers of the table are; so decimal
    /// numbers compare as the binary ones do.
    private static func number(
        _ attribute: String,
        _ range: NumberRange,
        _ sql: inout SQLBuilder
    ) throws(RecError) -> String {
        let isEmpty =
            range.lowerBound.map { !($0 < .infinity) } ?? false || range.upperBound.map { !($0 > -.infinity) } ?? false
        guard !isEmpty, !attribute.utf8.contains(0) else { return "false" }
        let name = sql.bind(try .text(attribute))
        var conditions: [String] = []
        var bounds: [String] = []
        if let least = range.lowerBound, least.isFinite {
            conditions.append("@ \(range.includesLowerBound ? ">=" : ">") $least")
            bounds.append("\"least\": \(least)")
        }
        if let most = range.upperBound, most.isFinite {
            conditions.append("@ \(range.includesUpperBound ? "<=" : "<") $most")
            bounds.append("\"most\": \(most)")
        }
        guard !conditions.isEmpty else { return "numbers ? \(name)" }
        let values = sql.bind(try .jsonb("{\(bounds.joined(separator: ", "))}"))
        return "case when numbers ? \(name) then jsonb_path_exists(numbers -> \(name), "
            + "'$[*] ? (\(conditions.joined(separator: " && ")))', \(values)) else false end"
    }
}
