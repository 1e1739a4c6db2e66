import Foundation
import RecONNX

/// The page of Docs that says which cases of the standard pass.
struct ConformancePage {
    /// The rows of the table of counts.
    let countLines: [String]
    /// The whole page.
    let text: String

    init() {
        let node = ConformanceResults.node
        func line(_ title: String, _ results: ConformanceResults, _ cases: [ConformanceCase]) -> String {
            let passed = [false, true].map { cases.count - results.failures(cases, folded: $0).count }
            return "| \(title) | \(cases.count) | \(passed[0]) | \(passed[1]) |"
        }
        var lines = [
            line(
                "`node`: convolutional networks and vision transformers",
                node,
                node.cases(of: ConformanceScope.tierC)
            ),
            line("`node`: with text towers, masks and positions", node, node.cases(of: ConformanceScope.tierD)),
            line("`node`: all listed operators", node, node.cases),
        ]
        var failures: [String] = []
        let parts: [(String, ConformanceResults)] = [
            ("node", node), ("pytorch-converted", .converted), ("pytorch-operator", .operators), ("simple", .simple),
        ]
        for (name, results) in parts {
            if name != "node" { lines.append(line("`\(name)`", results, results.cases)) }
            failures += results.failures(results.cases, folded: false) + results.failures(results.cases, folded: true)
        }
        countLines = lines
        let networks = parts.flatMap { name, results in
            results.networks.map { level, runs in
                "| `\(name)` | \(level) | \(runs.count) | \(runs.values.filter { $0.fault == nil }.count) |"
            }
        }
        for (_, results) in parts { failures += results.networkFailures(results.cases) }
        text = Self.page(
            lines,
            networks: networks,
            operators: Self.operators(node),
            failures: Set(failures).sorted().map { "- \($0)" },
            exclusions: Self.exclusions(ConformanceCase.package)
        )
    }

    /// For each operator the cases that have no other, those that pass, and the greatest error.
    private static func operators(_ results: ConformanceResults) -> [String] {
        var single: [String: [ConformanceCase]] = [:]
        for test in results.cases {
            let operators = Set(test.model.graph.nodes.map(\.operatorType))
            guard operators.count == 1, let name = operators.first else { continue }
            single[name, default: []].append(test)
        }
        return ConformanceScope.all.sorted().map { name in
            let tests = single[name] ?? []
            let failed = Set([false, true].flatMap { results.failures(tests, folded: $0) })
            let errors = tests.map { test in
                max(results.plain[test.name]?.greatestULP ?? 0, results.folded[test.name]?.greatestULP ?? 0)
            }
            let figure = tests.isEmpty ? "" : String(format: "%.0f", (errors.max() ?? 0).rounded(.up))
            return "| \(name) | \(tests.count) | \(tests.count - failed.count) | \(figure) |"
        }
    }

    /// The reasons why cases are not in scope, with their numbers.
    private static func exclusions(_ package: String) -> [String] {
        let folder = "\(ConformanceCase.folder)/\(package)/node"
        var counts: [String: Int] = [:]
        var others: [String: Int] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let model = try? ONNXModel(path: "\(folder)/\(name)/model.onnx") else {
                counts["Models that are not read", default: 0] += 1
                continue
            }
            guard let reason = ConformanceScope.exclusion(model, name: name, operators: ConformanceScope.all) else {
                continue
            }
            counts[reason, default: 0] += 1
            guard reason == "Other operators" else { continue }
            let unknown = Set(model.graph.nodes.map(\.operatorType)).subtracting(ConformanceScope.all)
            for operatorType in unknown { others[operatorType, default: 0] += 1 }
        }
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "| \($0.key) | \($0.value) |" }
        return rows + ["", "Other operators: " + others.keys.sorted().joined(separator: ", ") + "."]
    }

    private static func page(
        _ counts: [String],
        networks: [String],
        operators: [String],
        failures: [String],
        exclusions: [String]
    ) -> String {
        """
        # Conformance to the ONNX standard

        `make conformance` writes this page. It runs the cases that the Python package `onnx` 1.22.0 carries, the last
        version that has those of single operators. Each runs twice: node by node as the file has it, and folded for the
        sizes of its inputs, with the inputs that decide on shapes as constants. An output agrees when it has the type and
        shape of the expected one, and each number differs by no more than 1e-7 plus a thousandth of it, as the standard's
        own runner demands.

        | Cases | In scope | Pass as they are | Pass folded |
        | --- | ---: | ---: | ---: |
        \(counts.joined(separator: "\n"))

        A case whose input is a tensor of floats also runs as a network: its other inputs are constants, the graph is lowered to
        typed layers, and their kernels run at each level that the processor has. Operators without a layer run as they are.

        | Cases | Level | As networks | Pass |
        | --- | --- | ---: | ---: |
        \(networks.joined(separator: "\n"))

        \(failures.isEmpty ? "Every case in scope passes." : "What fails:\n\n" + failures.joined(separator: "\n"))

        ## Operators

        The error is the greatest one of all numbers in cases that have no other operator, in units of the last place of
        the expected number, where it is above 1e-7. The expected numbers are those of NumPy in single precision, whose own
        errors it contains; ours are computed in double precision and rounded once. A sum whose terms cancel shows the
        error of its terms in a small result.

        | Operator | Cases | Pass | Greatest error in ULP |
        | --- | ---: | ---: | ---: |
        \(operators.joined(separator: "\n"))

        ## What is out of scope

        Networks that make vectors of pictures are run, not trained, and have no text in them; a graph that loops over its
        inputs has no fixed plan. Each case counts under the first reason that it meets.

        | Reason | Cases |
        | --- | ---: |
        \(exclusions.joined(separator: "\n"))

        """
    }
}
