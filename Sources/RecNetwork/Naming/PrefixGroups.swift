/// Counts for each prefix of a file's tensors how many parameters of a network are behind it.
struct PrefixGroups {
    /// The parameters behind one prefix.
    struct Group {
        let prefix: String
        /// Parameters whose tensor has the right name.
        var named = 0
        /// Those whose tensor has the right shape as well and can be read.
        var fitting = 0
    }

    /// In the order in which the file has their first tensor.
    private(set) var groups: [Group] = []
    private var positions: [String: Int] = [:]

    /// Notes a tensor of a parameter.
    mutating func add(prefix: some StringProtocol, fits: Bool) {
        let prefix = String(prefix)
        let position = positions[prefix] ?? groups.count
        if position == groups.count {
            positions[prefix] = position
            groups.append(Group(prefix: prefix))
        }
        groups[position].named += 1
        groups[position].fitting += fits ? 1 : 0
    }

    /// The groups in which all parameters fit; when there is none, the best one.
    func best(of count: Int) -> [Group] {
        let full = groups.filter { $0.fitting == count }
        if !full.isEmpty { return Array(full.prefix(TensorAssignment.limit)) }
        let best = groups.max { ($0.fitting, $0.named) < ($1.fitting, $1.named) }
        return best.map { [$0] } ?? []
    }
}
