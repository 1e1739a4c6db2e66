internal import RecCompute

/// The steps of a segment of a program.
struct ProgramSegment {
    var steps: Range<Int>
    /// The most images of a pass.
    let images: Int
    let sharing: KernelProgram.Segment.Sharing
}

/// Assigns the values of a network their places in the arena.
///
/// A value for the whole batch lives as long as any pass of a segment that writes or reads it. Other values live from
/// step to step. Where threads share passes, those of a segment are planned for one thread, and lie there once for each.
struct PlaceAssignment {
    /// The place of each value, for the first thread where there are several.
    let memory: MemoryPlan

    private let counts: [Int]
    private let holdsBatch: [Bool]
    /// Floats from the values of a thread's pass to those of the next.
    private let threadPitches: [Int]

    init(
        _ compiler: NetworkCompiler,
        _ segments: [ProgramSegment],
        _ holdsBatch: [Bool],
        _ settings: ExecutionSettings
    ) {
        let steps = compiler.steps
        counts = compiler.counts
        self.holdsBatch = holdsBatch
        var buffers = compiler.counts.map { MemoryPlan.Buffer(count: $0 * settings.batch, firstStep: 0, lastStep: 0) }
        for segment in segments {
            for index in segment.steps {
                let output = steps[index].output
                func life(_ value: Int) -> ClosedRange<Int> {
                    holdsBatch[value] ? segment.steps.lowerBound...segment.steps.upperBound - 1 : index...index
                }
                let written = life(output)
                buffers[output] = MemoryPlan.Buffer(
                    count: compiler.counts[output] * (holdsBatch[output] ? settings.batch : segment.images),
                    firstStep: written.lowerBound,
                    lastStep: written.upperBound
                )
                for input in steps[index].inputs {
                    buffers[input].lastStep = max(buffers[input].lastStep, life(input).upperBound)
                }
            }
        }
        buffers[compiler.outputNumber].lastStep = steps.count

        // The values of passes that threads share, planned for one thread, become one buffer for all.
        var plans: [(values: [Int], plan: MemoryPlan)] = []
        for segment in segments where segment.sharing == .passes {
            let values = steps[segment.steps].map(\.output).filter { !holdsBatch[$0] }
            let plan = MemoryPlan(values.map { buffers[$0] }, alignment: FloatArena.alignment)
            if !values.isEmpty { plans.append((values, plan.aligned(FloatArena.alignment))) }
        }
        let apart = Set(plans.flatMap(\.values))
        let joint = buffers.indices.filter { !apart.contains($0) }
        let copies = plans.map { values, plan in
            MemoryPlan.Buffer(
                count: plan.count * settings.threads,
                firstStep: values.map { buffers[$0].firstStep }.min() ?? 0,
                lastStep: values.map { buffers[$0].lastStep }.max() ?? 0
            )
        }
        let all = MemoryPlan(joint.map { buffers[$0] } + copies, alignment: FloatArena.alignment)
        var offsets = [Int](repeating: 0, count: buffers.count)
        var pitches = offsets
        for (value, offset) in zip(joint, all.offsets) { offsets[value] = offset }
        for ((values, plan), start) in zip(plans, all.offsets.dropFirst(joint.count)) {
            for (value, offset) in zip(values, plan.offsets) {
                offsets[value] = start + offset
                pitches[value] = plan.count
            }
        }
        memory = MemoryPlan(buffers: buffers, offsets: offsets, count: all.count)
        threadPitches = pitches
    }

    func place(of value: Int) -> KernelProgram.Place {
        KernelProgram.Place(
            offset: memory.offsets[value],
            count: counts[value],
            holdsBatch: holdsBatch[value],
            threadPitch: threadPitches[value]
        )
    }
}
