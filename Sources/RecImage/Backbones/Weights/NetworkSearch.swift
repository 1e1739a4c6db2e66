internal import RecCore
internal import RecNetwork

/// The networks of one backbone that a file holds.
struct NetworkSearch {
    /// A variant of the backbone whose parameters the file has, and where they are.
    struct Fit {
        let variant: Backbone.Variant
        let network: Network
        let naming: TensorNaming
        let assignment: TensorAssignment
    }

    /// One network of the file: tensors, and the variants that they fit, in order of precedence.
    struct Found {
        let tensors: [String]
        var fits: [Fit]

        /// The text before the names of its tensors.
        var prefix: String { fits[0].assignment.prefix }
    }

    /// The networks, in the order of the file.
    private(set) var networks: [Found] = []

    private let backbone: Backbone
    private let source: any TensorSource
    /// Of the candidates that are no network, the one with most fitting tensors, and what is wrong with it.
    private var best: (fitting: Int, needed: Int, problem: RecError)?

    /// Tries every variant and every naming of the backbone behind every prefix in the file.
    init(_ backbone: Backbone, layer: FeatureLayer, source: any TensorSource) throws(RecError) {
        self.backbone = backbone
        self.source = source
        var positions: [[String]: Int] = [:]
        for variant in backbone.variants {
            let network = variant.network()
            let needed = try network.parameters(for: layer)
            let all = Set(needed)
            let others = network.parameters.filter { !all.contains($0) }
            for naming in variant.naming {
                for assignment in naming.rule.assignments(needed: needed, others: others, in: source) {
                    if let problem = assignment.problem(needed, in: source, backbone: backbone.name) {
                        note(problem, assignment.fitting, of: needed.count)
                        continue
                    }
                    let fit = Fit(variant: variant, network: network, naming: naming, assignment: assignment)
                    let tensors = assignment.tensors(needed)
                    if let position = positions[tensors] {
                        networks[position].fits.append(fit)
                    } else {
                        positions[tensors] = networks.count
                        networks.append(Found(tensors: tensors, fits: [fit]))
                    }
                }
            }
        }
    }

    private mutating func note(_ problem: RecError, _ fitting: Int, of needed: Int) {
        guard fitting > best?.fitting ?? -1 else { return }
        best = (fitting, needed, problem)
    }

    /// The network that is meant: the only one, or the one behind a prefix.
    ///
    /// Copies of one network count as one.
    ///
    /// - Parameter prefix: The prefix; `nil` when it is not stated.
    /// - Returns: The network; whether the file holds others that differ; the prefixes of its copies.
    /// - Throws: `ambiguousWeights`, or `invalidSetting` when no network is behind the prefix.
    func choose(
        _ prefix: String?
    ) throws(RecError) -> (network: Found, isOneOfSeveral: Bool, copies: [String]) {
        let groups = try withoutCopies()
        var meant = groups
        if let prefix {
            let rules = [Self.isExact, Self.isBelow, Self.isWithin]
            let matches = rules.lazy.map { rule in groups.filter { $0.contains { rule($0.prefix, prefix) } } }
            meant = matches.first { !$0.isEmpty } ?? []
            guard !meant.isEmpty else { throw unknown(prefix, groups) }
        }
        guard meant.count == 1 else { throw ambiguous(meant) }
        let exact = prefix.flatMap { prefix in meant[0].first { Self.isExact($0.prefix, prefix) } }
        let network = exact ?? meant[0][0]
        let copies = meant[0].map(\.prefix).filter { $0 != network.prefix }
        return (network, groups.count > 1, copies)
    }

    /// The networks, grouped so that those of a group hold the same numbers.
    private func withoutCopies() throws(RecError) -> [[Found]] {
        var groups: [[Found]] = []
        search: for network in networks {
            for index in groups.indices where try areCopies(groups[index][0], network) {
                groups[index].append(network)
                continue search
            }
            groups.append([network])
        }
        return groups
    }

    private func areCopies(_ first: Found, _ second: Found) throws(RecError) -> Bool {
        guard first.tensors.count == second.tensors.count else { return false }
        for (one, two) in zip(first.tensors, second.tensors) where !source.areOne(one, two) {
            guard source.shape(of: one) == source.shape(of: two) else { return false }
            do {
                let same = try source.floats(of: one).map(\.bitPattern) == source.floats(of: two).map(\.bitPattern)
                if !same { return false }
            } catch let error as RecError {
                throw error
            } catch {
                return false
            }
        }
        return true
    }

    /// A prefix without the separator at its end.
    private static func bare(_ prefix: String) -> Substring {
        var bare = prefix[...]
        while let last = bare.last, last == "." || last == "/" { bare.removeLast() }
        return bare
    }

    private static func isExact(_ prefix: String, _ stated: String) -> Bool { bare(prefix) == bare(stated) }

    /// Whether a prefix begins with the stated one: `student.backbone.` with `student`.
    private static func isBelow(_ prefix: String, _ stated: String) -> Bool {
        let stated = bare(stated)
        return stated.isEmpty || prefix.hasPrefix(stated + ".") || prefix.hasPrefix(stated + "/")
    }

    /// Whether a prefix has the stated parts one after the other: `encoder_q` in `state_dict.module.encoder_q.`.
    private static func isWithin(_ prefix: String, _ stated: String) -> Bool {
        func parts(_ text: String) -> [Substring] { text.split { $0 == "." || $0 == "/" } }
        return parts(prefix).firstRange(of: parts(stated)) != nil
    }

    // MARK: Errors

    private func ambiguous(_ groups: [[Found]]) -> RecError {
        RecError(
            .ambiguousWeights,
            "The file holds \(groups.count) networks that fit \(backbone.name): behind the prefixes \(list(groups)). "
                + "Choose one: --prefix NAME of rec-demo, ExtractionSettings.prefix in code."
        )
    }

    private func unknown(_ prefix: String, _ groups: [[Found]]) -> RecError {
        RecError(
            .invalidSetting,
            "No network that fits \(backbone.name) is behind the prefix '\(prefix)'; there is one behind: "
                + "\(list(groups))."
        )
    }

    private func list(_ groups: [[Found]]) -> String {
        let names = groups.prefix(16).map { group in
            group.prefix(4).map { "'\(Self.bare($0.prefix).prefix(100))'" }.joined(separator: " = ")
        }
        return names.joined(separator: ", ") + (groups.count > 16 ? " and \(groups.count - 16) more" : "")
    }

    /// The best explanation why the file holds no such network: another backbone that fits, or else what the best
    /// candidate lacks.
    func explanation() -> RecError {
        if let other = Backbone.builtIn.first(where: { $0.name != backbone.name && $0.fits(source) }) {
            return RecError(
                .wrongArchitecture,
                "These are weights of \(other.name), not of \(backbone.name). Choose the backbone \(other.name), or "
                    + "weights of \(backbone.name)."
            )
        }
        // A few names in common, such as 0.weight, are no network.
        if let best, best.fitting * 10 >= best.needed { return best.problem }
        let names = source.tensorNames
        let start = names.prefix(3).map { "'\($0.prefix(100))'" }.joined(separator: ", ")
        return RecError(
            .wrongArchitecture,
            names.isEmpty
                ? "The file holds no tensors. Use weights of \(backbone.name)."
                : "These are not weights of \(backbone.name): the \(names.count) tensors begin with \(start)."
        )
    }
}

extension Backbone {
    /// Whether any variant of the backbone can be loaded from the tensors.
    func fits(_ source: any TensorSource) -> Bool {
        guard let search = try? NetworkSearch(self, layer: .pooled, source: source) else { return false }
        return !search.networks.isEmpty
    }
}
