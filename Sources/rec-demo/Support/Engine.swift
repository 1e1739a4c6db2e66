import RecCore

/// An engine on other machines, by the scheme of its addresses.
enum Engine: CaseIterable {
    case postgres, milvus

    /// The engine whose address a text is meant as; `nil` for a path.
    init?(address text: String) {
        guard let engine = Self.allCases.first(where: { $0.schemes.contains { text.hasPrefix($0) } }) else {
            return nil
        }
        self = engine
    }

    private var schemes: [String] {
        switch self {
        case .postgres: ["postgresql://", "postgres://"]
        case .milvus: ["milvus://", "milvuss://"]
        }
    }

    /// The error of a build that cannot connect to the engine.
    var absence: RecError {
        let (name, trait) = self == .postgres ? ("PostgreSQL", "Postgres") : ("Milvus", "Milvus")
        return RecError(
            .invalidSetting,
            "This rec-demo was built without \(name). Build it with 'swift build -c release --traits \(trait)'."
        )
    }
}
