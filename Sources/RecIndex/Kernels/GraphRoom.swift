internal import CRecKernels

/// What a search of a ``GraphTable`` writes into; kept from one search to the next, used by one at a time.
@safe
package final class GraphRoom: @unchecked Sendable {
    var raw = unsafe rec_graph_room()
    private var width = 0
    private var wanted = 0
    private var seenBits = 0

    /// Whether it takes too much memory to be kept: 4 MB for the nodes that were seen.
    var isLarge: Bool { seenBits > 20 }

    package init() {}

    deinit { unsafe release() }

    /// Makes room for a search.
    ///
    /// - Precondition: `width` and `wanted` are greater than zero.
    func prepare(width: Int, wanted: Int, degree: Int, count: Int) {
        // A walk leaves some `width` nodes, which lead to `degree` others each. With twice as many places few are forgotten.
        let seen = min(2 * (width + 8) * degree, 2 * count + 64)
        var bits = 8
        while bits < 31, 1 << bits < seen { bits += 1 }
        if width > self.width || wanted > self.wanted || bits > seenBits {
            unsafe release()
            self.width = max(width, self.width)
            self.wanted = max(wanted, self.wanted)
            seenBits = max(bits, seenBits)
            unsafe raw.scores = .allocate(capacity: self.width + 1)
            unsafe raw.nodes = .allocate(capacity: self.width + 1)
            unsafe raw.found_scores = .allocate(capacity: self.wanted + 1)
            unsafe raw.found_nodes = .allocate(capacity: self.wanted + 1)
            unsafe raw.seen = .allocate(capacity: 1 << seenBits)
        }
        // A small table is cleared faster.
        unsafe raw.seen_bits = UInt32(bits)
    }

    /// The first nodes that were found.
    func found(_ count: Int) -> [NodeCandidate] {
        var found: [NodeCandidate] = []
        found.reserveCapacity(count)
        for place in 0..<count {
            found.append(unsafe NodeCandidate(score: raw.found_scores[place], node: raw.found_nodes[place]))
        }
        return found
    }

    @unsafe
    private func release() {
        unsafe raw.scores?.deallocate()
        unsafe raw.nodes?.deallocate()
        unsafe raw.found_scores?.deallocate()
        unsafe raw.found_nodes?.deallocate()
        unsafe raw.seen?.deallocate()
    }
}
