/// Assembles kernels to a program: the number of images per pass, and the places of their maps.
struct ProgramAssembly {
    /// The program.
    let program: KernelProgram
    /// The place of each value while the program runs.
    let memory: MemoryPlan

    /// Floats of the input and output of a step that should stay in the last cache while a few images pass.
    private static let cacheFloats = 2 << 20

    init(_ compiler: NetworkCompiler, settings: ExecutionSettings) {
        let passes = Self.imagesOfPass(compiler.steps, batch: settings.batch)
        let segments = Self.segments(passes)
        let holdsBatch = Self.valuesOfBatch(compiler, segments)
        let memory = Self.memory(compiler, segments, holdsBatch, passes, batch: settings.batch)
        self.memory = memory

        func place(_ value: Int) -> KernelProgram.Place {
            KernelProgram.Place(
                offset: memory.offsets[value],
                count: compiler.counts[value],
                holdsBatch: holdsBatch[value]
            )
        }
        let placed = compiler.steps.map { step in
            KernelProgram.Step(
                step.kernel,
                input: place(step.inputs[0]),
                second: step.inputs.count > 1 ? place(step.inputs[1]) : nil,
                others: step.inputs.dropFirst(2).map(place),
                output: place(step.output)
            )
        }
        program = KernelProgram(
            segments.map { KernelProgram.Segment(images: passes[$0.lowerBound], steps: Array(placed[$0])) },
            batch: settings.batch,
            threads: settings.threads,
            mapCount: memory.count,
            input: place(0),
            output: place(compiler.outputNumber),
            outputShape: compiler.output.blocked
        )
    }

    /// The runs of steps that as many images pass through.
    private static func segments(_ passes: [Int]) -> [Range<Int>] {
        var segments: [Range<Int>] = []
        for (index, images) in passes.enumerated() {
            if let last = segments.last, passes[last.lowerBound] == images {
                segments[segments.count - 1] = last.lowerBound..<index + 1
            } else {
                segments.append(index..<index + 1)
            }
        }
        return segments
    }

    /// Whether each value is there for the whole batch: the image, the features, and what leaves the segment that
    /// writes it.
    private static func valuesOfBatch(
        _ compiler: NetworkCompiler,
        _ segments: [Range<Int>]
    ) -> [Bool] {
        var holdsBatch = [Bool](repeating: false, count: compiler.counts.count)
        holdsBatch[0] = true
        holdsBatch[compiler.outputNumber] = true
        for segment in segments {
            let written = Set(compiler.steps[segment].map(\.output))
            for input in compiler.steps[segment].flatMap(\.inputs) where !written.contains(input) {
                holdsBatch[input] = true
            }
        }
        return holdsBatch
    }

    /// Plans the places of the values.
    ///
    /// A value for the whole batch lives as long as any pass of a segment that writes or reads it.
    private static func memory(
        _ compiler: NetworkCompiler,
        _ segments: [Range<Int>],
        _ holdsBatch: [Bool],
        _ passes: [Int],
        batch: Int
    ) -> MemoryPlan {
        var buffers = compiler.counts.map { MemoryPlan.Buffer(count: $0 * batch, firstStep: 0, lastStep: 0) }
        for segment in segments {
            for index in segment {
                let step = compiler.steps[index]
                func life(_ value: Int) -> ClosedRange<Int> {
                    holdsBatch[value] ? segment.lowerBound...segment.upperBound - 1 : index...index
                }
                let written = life(step.output)
                buffers[step.output] = MemoryPlan.Buffer(
                    count: compiler.counts[step.output] * (holdsBatch[step.output] ? batch : passes[index]),
                    firstStep: written.lowerBound,
                    lastStep: written.upperBound
                )
                for input in step.inputs {
                    buffers[input].lastStep = max(buffers[input].lastStep, life(input).upperBound)
                }
            }
        }
        buffers[compiler.outputNumber].lastStep = compiler.steps.count
        return MemoryPlan(buffers, alignment: FloatArena.alignment)
    }

    /// The images that pass through each step together: the more, the smaller the maps from there on.
    ///
    /// Weights are read once for all images of a pass.
    private static func imagesOfPass(_ steps: [CompiledStep], batch: Int) -> [Int] {
        var passes = [Int](repeating: batch, count: steps.count)
        var least = batch
        for index in steps.indices.reversed() {
            let kernel = steps[index].kernel
            let floats = kernel.inputCount + kernel.secondCount + kernel.otherCounts.reduce(kernel.outputCount, +)
            least = min(least, images(ofPassWith: floats, batch: batch))
            passes[index] = least
        }
        return passes
    }

    /// The images that a step may compute together whose maps have so many floats an image.
    static func images(ofPassWith floats: Int, batch: Int) -> Int {
        let fitting = max(cacheFloats / floats, 1)
        // Few different numbers make few segments.
        return min(fitting >= batch ? batch : fitting >= 4 ? 4 : fitting >= 2 ? 2 : 1, batch)
    }
}
