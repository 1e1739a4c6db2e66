internal import RecNetwork

/// How the weights of a network were found in their file, and what decided about network and preprocessing.
struct WeightChoice: Sendable {
    /// The text before the names of the tensors.
    let prefix: String
    /// Whether the file holds other networks of the backbone, so that the prefix chose.
    let isOneOfSeveral: Bool
    /// The prefixes of copies of the network.
    let copies: [String]
    /// The library of the names.
    let convention: WeightConvention
    /// What was known beyond the tensors.
    let facts: WeightFacts?

    /// The choice in words, for people.
    ///
    /// - Parameters:
    ///   - backbone: The name of the backbone.
    ///   - preprocessing: The preprocessing that is used.
    ///   - isStated: Whether the settings state it.
    /// - Returns: One sentence without its full stop.
    func description(backbone: String, preprocessing: Preprocessing, isStated: Bool) -> String {
        var place = prefix.isEmpty ? "" : ", prefix '\(prefix)'"
        if !copies.isEmpty { place += " (the same as \(copies.map { "'\($0)'" }.joined(separator: ", ")))" }
        let reason =
            if isStated {
                "as the settings say"
            } else if let facts, facts.preprocessing != nil {
                "as \(facts.origin) says"
            } else {
                "the default for names of \(convention); --preprocessing states another"
            }
        let name = preprocessing.name.map { "\($0) (\(preprocessing))" } ?? "\(preprocessing)"
        return "\(backbone): names of \(convention)\(place); preprocessing \(name), \(reason)"
    }
}
