/// The nodes that searches may start from, in groups; a search compares those of the groups with the nearest centres.
package struct EntryGroups: Sendable {
    /// The node of each group's centre.
    package let centres: [UInt32]
    /// Where the entries of each group start, and their number at the end.
    package let starts: [UInt32]
    /// The entries, group after group.
    package let nodes: [UInt32]

    /// No entries, for a table that is only scanned.
    package static let none = EntryGroups(centres: [], starts: [0], nodes: [])

    /// Groups as they are.
    ///
    /// - Precondition: A start for each centre, ascending from zero, and the number of nodes at the end; nodes that
    ///   differ.
    package init(centres: [UInt32], starts: [UInt32], nodes: [UInt32]) {
        precondition(starts.count == centres.count + 1, "a start for each centre")
        precondition(starts[0] == 0 && Int(starts[centres.count]) == nodes.count, "starts of all nodes")
        precondition(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }, "ascending starts")
        precondition(Set(nodes).count == nodes.count, "different nodes")
        self.centres = centres
        self.starts = starts
        self.nodes = nodes
    }
}
