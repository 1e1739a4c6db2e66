/// Operations on planes in the order in which they run, one image at a time.
struct PlanarProgram: Sendable {
    private let steps: [CompiledStep<any Operation>]
    private let outputNumber: Int
    /// Where each value lies while the program runs.
    let memory: MemoryPlan

    init(_ compiler: NetworkCompiler<PlanarLowering>) {
        steps = compiler.steps
        outputNumber = compiler.outputNumber
        var buffers = compiler.counts.map { MemoryPlan.Buffer(count: $0, firstStep: 0, lastStep: 0) }
        for (index, step) in steps.enumerated() {
            for input in step.inputs { buffers[input].lastStep = index }
            buffers[step.output] = MemoryPlan.Buffer(
                count: buffers[step.output].count,
                firstStep: index,
                lastStep: index
            )
        }
        buffers[outputNumber].lastStep = steps.count
        memory = MemoryPlan(buffers, alignment: FloatArena.alignment)
    }

    /// The operations in order.
    var operations: [any Operation] { steps.map(\.computation) }

    /// Floats of the arena that a run needs.
    var arenaCount: Int { scratchStart + scratchCount }

    /// Computes the features of one image and lends them.
    func withFeatures(of pixels: Span<Float>, in arena: FloatArena, _ body: (Span<Float>) -> Void) {
        precondition(arena.count >= arenaCount, "a workspace of another plan")
        arena.write(memory.range(0)) { $0.copy(from: pixels) }
        for step in steps {
            let none = 0..<0
            let scratch = scratchStart..<scratchStart + step.computation.scratchCount
            arena.with(
                reading: memory.range(step.inputs[0]),
                step.inputs.count > 1 ? memory.range(step.inputs[1]) : none,
                writing: memory.range(step.output),
                scratch
            ) { input, second, output, scratch in
                step.computation.run(input, second, into: &output, scratch: &scratch)
            }
        }
        arena.read(memory.range(outputNumber), body)
    }

    private var scratchStart: Int {
        (memory.count + FloatArena.alignment - 1) / FloatArena.alignment * FloatArena.alignment
    }

    private var scratchCount: Int { steps.map(\.computation.scratchCount).max() ?? 0 }
}
