/// The place of each value of a network in one arena: values that are alive at the same time never overlap.
///
/// Largest first, each value goes to the lowest place that is free for its whole life. A chain of layers needs two
/// buffers in turn, residual networks three.
package struct MemoryPlan: Sendable {
    /// A value and its life: the steps from the one that writes it to the last that reads it, both included.
    package struct Buffer: Sendable {
        /// Its size in floats.
        package let count: Int
        /// The step that writes it.
        package let firstStep: Int
        /// The last step that reads it.
        package var lastStep: Int

        package init(count: Int, firstStep: Int, lastStep: Int) {
            self.count = count
            self.firstStep = firstStep
            self.lastStep = lastStep
        }
    }

    /// The values.
    package let buffers: [Buffer]

    /// The start of each value, in floats.
    package let offsets: [Int]

    /// The size of the arena in floats.
    package let count: Int

    /// Plans the places of some values; each starts on a multiple of `alignment` floats.
    package init(_ buffers: [Buffer], alignment: Int) {
        var offsets = [Int](repeating: 0, count: buffers.count)
        var placed: [Int] = []
        for index in buffers.indices.sorted(by: { (buffers[$1].count, $0) < (buffers[$0].count, $1) }) {
            let rivals =
                placed
                .filter { buffers[$0].isAlive(with: buffers[index]) }
                .sorted { offsets[$0] < offsets[$1] }
            var offset = 0
            for rival in rivals {
                if offset + buffers[index].count <= offsets[rival] { break }
                let end = offsets[rival] + buffers[rival].count
                offset = max(offset, (end + alignment - 1) / alignment * alignment)
            }
            offsets[index] = offset
            placed.append(index)
        }
        self.buffers = buffers
        self.offsets = offsets
        count = buffers.indices.map { offsets[$0] + buffers[$0].count }.max() ?? 0
    }

    /// Places that were planned elsewhere.
    init(buffers: [Buffer], offsets: [Int], count: Int) {
        self.buffers = buffers
        self.offsets = offsets
        self.count = count
    }

    /// The same places in a multiple of `alignment` floats.
    func aligned(_ alignment: Int) -> MemoryPlan {
        MemoryPlan(buffers: buffers, offsets: offsets, count: (count + alignment - 1) / alignment * alignment)
    }

    /// The place of a value.
    package func range(_ index: Int) -> Range<Int> {
        offsets[index]..<offsets[index] + buffers[index].count
    }
}

extension MemoryPlan.Buffer {
    /// Whether some step needs both values.
    package func isAlive(with other: Self) -> Bool {
        firstStep <= other.lastStep && other.firstStep <= lastStep
    }
}
