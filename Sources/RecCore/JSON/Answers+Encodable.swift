extension BlockCosines: Encodable {
    /// Encodes `{"image": 0.91, "metadata": null}`: a field for each block, null where a side lacks it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        try container.encode(self)
    }
}

extension Neighbor: Encodable {
    /// Encodes `{"id": "15970", "score": 0.87, "image": 0.91, "metadata": null}`.
    ///
    /// There is a field for each block, null where a side lacks it. With the product, `title`, `picture` and `attributes`
    /// follow.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        try container.encode(id, score, cosines)
        try container.encode(contentsOf: product)
    }
}

extension ScorePart: Encodable {
    /// Encodes `{"name": "gender", "value": 0.04, "shared": ["Women"]}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        try container.encode(name, forKey: JSONKey("name"))
        try container.encode(number: value, "value")
        try container.encode(shared, forKey: JSONKey("shared"))
    }
}

extension Recommendation: Encodable {
    /// Encodes the fields of a ``Neighbor`` and, with reasons, `parts`, `because` and `percentile`.
    ///
    /// `parts` is an object of numbers that add up to `score`. An attribute with the name of a block or of an earlier
    /// part is called `attribute NAME` there.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        try container.encode(id, score, cosines)
        try container.encode(contentsOf: product)
        guard isExplained else {
            if let percentile { try container.encode(number: percentile, "percentile") }
            return
        }
        var object = container.nestedContainer(keyedBy: JSONKey.self, forKey: JSONKey("parts"))
        for (name, value) in namedParts { try object.encode(number: value, name) }
        try container.encode(because, forKey: JSONKey("because"))
        try container.encode(number: percentile, "percentile")
    }

    /// The parts with unique names.
    private var namedParts: [(String, Double)] {
        var known: Set<String> = []
        let blocks = Set(cosines.names.map(\.rawValue))
        return parts.map { part in
            var name = part.name
            if case .attribute = part.source, blocks.contains(name) { name = "attribute \(name)" }
            while !known.insert(name).inserted { name = "attribute \(name)" }
            return (name, part.value)
        }
    }
}
