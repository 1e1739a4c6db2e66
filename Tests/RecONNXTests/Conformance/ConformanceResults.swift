import RecCompute

/// The results of all cases of a part of the standard's data, each run as it is and folded; computed once.
struct ConformanceResults: Sendable {
    static let node = ConformanceResults("\(ConformanceCase.package)/node")
    static let converted = ConformanceResults("\(ConformanceCase.package)/pytorch-converted")
    static let operators = ConformanceResults("\(ConformanceCase.package)/pytorch-operator")
    static let simple = ConformanceResults("\(ConformanceCase.package)/simple")
    static let debian = ConformanceResults("debian/node")

    /// The cases in scope.
    let cases: [ConformanceCase]
    /// The runs of a case as it is, by its name.
    let plain: [String: ConformanceRun]
    /// The runs of a case folded, by its name.
    let folded: [String: ConformanceRun]

    /// The runs of cases with an input of floats as networks at each level of the processor, by the case's name.
    let networks: [(level: ProcessorLevel, runs: [String: ConformanceRun])]

    private init(_ part: String) {
        cases = ConformanceCase.all(part)
        var runs: [[String: ConformanceRun]] = [[:], [:]]
        for test in cases {
            runs[0][test.name] = ConformanceRun(test, folded: false)
            runs[1][test.name] = ConformanceRun(test, folded: true)
        }
        (plain, folded) = (runs[0], runs[1])
        let cases = cases
        networks = ProcessorLevel.available.map { level in
            var runs: [String: ConformanceRun] = [:]
            for test in cases { runs[test.name] = ConformanceRun(test, asNetworkAt: level) }
            return (level, runs)
        }
    }

    /// The cases whose operators are all among some.
    func cases(of operators: Set<String>) -> [ConformanceCase] {
        cases.filter { ConformanceScope.contains($0.model, name: $0.name, operators: operators) }
    }

    /// What fails of the networks of some cases at each level.
    func networkFailures(_ cases: [ConformanceCase]) -> [String] {
        networks.flatMap { level, runs in
            cases.compactMap { test in runs[test.name]?.fault.map { "\(test.name) at \(level): \($0)" } }
        }
    }

    /// What fails of some cases.
    func failures(_ cases: [ConformanceCase], folded isFolded: Bool) -> [String] {
        cases.compactMap { test in (isFolded ? folded : plain)[test.name]?.fault.map { "\(test.name): \($0)" } }
    }
}
