internal import RecPlatform

/// Puts kernels together to a program: how many images pass through at a time, and where their maps are.
struct BlockedAssembly {
    /// The program.
    let program: KernelProgram
    /// Where each value lies while the program runs.
    let memory: MemoryPlan

    /// Floats of the input and output of a step that should stay in the last cache while a few images pass.
    private static let cacheFloats = 2 << 20

    init(_ compiler: NetworkCompiler<BlockedLowering>, settings: ExecutionSettings) {
        let steps = compiler.steps
        let batch = settings.batch
        let passes = Self.imagesOfPass(steps, batch: batch)
        // A segment is a run of steps that as many images pass through.
        var starts = [0]
        for index in steps.indices.dropFirst() where passes[index] != passes[index - 1] { starts.append(index) }
        var segmentOfStep: [Int] = []
        for (segment, start) in starts.enumerated() {
            let end = segment + 1 < starts.count ? starts[segment + 1] : steps.count
            segmentOfStep += [Int](repeating: segment, count: end - start)
        }

        // A value that leaves its segment is there for the whole batch, as long as any pass of either segment runs.
        var holdsBatch = [Bool](repeating: false, count: compiler.counts.count)
        var writer = [Int](repeating: 0, count: compiler.counts.count)
        holdsBatch[0] = true
        holdsBatch[compiler.outputNumber] = true
        for (index, step) in steps.enumerated() {
            writer[step.output] = index
            for input in step.inputs where input != 0 && segmentOfStep[writer[input]] != segmentOfStep[index] {
                holdsBatch[input] = true
            }
        }
        func life(_ index: Int, _ value: Int) -> (first: Int, last: Int) {
            guard holdsBatch[value] else { return (index, index) }
            let segment = segmentOfStep[index]
            return (starts[segment], (segment + 1 < starts.count ? starts[segment + 1] : steps.count) - 1)
        }
        var buffers = compiler.counts.indices.map { value in
            let images = holdsBatch[value] ? batch : passes.isEmpty ? batch : passes[writer[value]]
            return MemoryPlan.Buffer(count: compiler.counts[value] * images, firstStep: 0, lastStep: 0)
        }
        for (index, step) in steps.enumerated() {
            let written = life(index, step.output)
            buffers[step.output] = MemoryPlan.Buffer(
                count: buffers[step.output].count,
                firstStep: written.first,
                lastStep: written.last
            )
            for input in step.inputs {
                buffers[input].lastStep = max(buffers[input].lastStep, life(index, input).last)
            }
        }
        buffers[compiler.outputNumber].lastStep = steps.count
        let memory = MemoryPlan(buffers, alignment: FloatArena.alignment)
        self.memory = memory

        func place(_ value: Int) -> KernelProgram.Place {
            KernelProgram.Place(
                offset: memory.offsets[value],
                count: compiler.counts[value],
                holdsBatch: holdsBatch[value]
            )
        }
        let segments = starts.indices.map { segment in
            let end = segment + 1 < starts.count ? starts[segment + 1] : steps.count
            return KernelProgram.Segment(
                images: passes[starts[segment]],
                steps: steps[starts[segment]..<end].map { step in
                    KernelProgram.Step(
                        step.computation,
                        input: place(step.inputs[0]),
                        second: step.inputs.count > 1 ? place(step.inputs[1]) : nil,
                        output: place(step.output)
                    )
                }
            )
        }
        program = KernelProgram(
            segments,
            batch: batch,
            threads: settings.threads,
            mapCount: memory.count,
            input: place(0),
            output: place(compiler.outputNumber),
            outputShape: compiler.output.blocked
        )
    }

    /// The images that pass through each step together: the more, the smaller the maps from there on.
    ///
    /// Weights are read once for all images of a pass.
    private static func imagesOfPass(_ steps: [Step<any BlockedKernel>], batch: Int) -> [Int] {
        var passes = [Int](repeating: batch, count: steps.count)
        var least = batch
        for index in steps.indices.reversed() {
            let kernel = steps[index].computation
            let fitting = max(cacheFloats / (kernel.inputCount + kernel.secondCount + kernel.outputCount), 1)
            // Few different numbers make few segments.
            least = min(least, fitting >= batch ? batch : fitting >= 4 ? 4 : fitting >= 2 ? 2 : 1, batch)
            passes[index] = least
        }
        return passes
    }
}
