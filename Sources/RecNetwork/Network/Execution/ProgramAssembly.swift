/// Assembles kernels to a program: the number of images per pass, and the places of their maps.
struct ProgramAssembly {
    /// The program.
    let program: KernelProgram
    /// The place of each value while the program runs, in the passes of the first thread.
    let memory: MemoryPlan

    /// Floats of the input and output of a step that should stay in the last cache while a few images pass.
    private static let cacheFloats = 2 << 20

    /// Floats of the parameters of a step that each thread may read for itself.
    private static let mostParametersOfSharedPass = 512 << 10

    init(_ compiler: NetworkCompiler, settings: ExecutionSettings) {
        let segments = Self.segments(compiler.steps, settings)
        let holdsBatch = Self.valuesOfBatch(compiler, segments)
        let places = PlaceAssignment(compiler, segments, holdsBatch, settings)
        memory = places.memory
        let placed = compiler.steps.map { step in
            KernelProgram.Step(
                step.kernel,
                input: places.place(of: step.inputs[0]),
                second: step.inputs.count > 1 ? places.place(of: step.inputs[1]) : nil,
                others: step.inputs.dropFirst(2).map(places.place),
                output: places.place(of: step.output)
            )
        }
        program = KernelProgram(
            segments.map {
                KernelProgram.Segment(images: $0.images, sharing: $0.sharing, steps: Array(placed[$0.steps]))
            },
            batch: settings.batch,
            threads: settings.threads,
            mapCount: memory.count,
            input: places.place(of: 0),
            output: places.place(of: compiler.outputNumber),
            outputShape: compiler.output.blocked
        )
    }

    /// The runs of steps that as many images pass through, shared by threads in one way.
    private static func segments(_ steps: [CompiledStep], _ settings: ExecutionSettings) -> [ProgramSegment] {
        let shared = stepsOfSharedPasses(steps, settings)
        let passes = imagesOfPass(steps, settings, shared: shared)
        var segments: [ProgramSegment] = []
        for index in steps.indices {
            let sharesPasses = index < shared
            let segment = ProgramSegment(
                steps: index..<index + 1,
                images: passes[index],
                sharing: sharesPasses ? .passes : .units
            )
            if let last = segments.last, last.images == segment.images, last.sharing == segment.sharing {
                segments[segments.count - 1].steps = last.steps.lowerBound..<index + 1
            } else {
                segments.append(segment)
            }
        }
        return segments
    }

    /// The number of steps from the first on whose passes threads share, if there is an image for each thread: each
    /// reads all parameters, and waits for the others only at the end.
    private static func stepsOfSharedPasses(_ steps: [CompiledStep], _ settings: ExecutionSettings) -> Int {
        guard settings.threads > 1, settings.batch >= settings.threads else { return 0 }
        return steps.firstIndex {
            $0.kernel.parameterCount > mostParametersOfSharedPass || $0.kernel.preparesParameters
        } ?? steps.count
    }

    /// Whether each value is there for the whole batch: the image, the features, and what leaves the segment that
    /// writes it.
    private static func valuesOfBatch(_ compiler: NetworkCompiler, _ segments: [ProgramSegment]) -> [Bool] {
        var holdsBatch = [Bool](repeating: false, count: compiler.counts.count)
        holdsBatch[0] = true
        holdsBatch[compiler.outputNumber] = true
        for segment in segments {
            let written = Set(compiler.steps[segment.steps].map(\.output))
            for input in compiler.steps[segment.steps].flatMap(\.inputs) where !written.contains(input) {
                holdsBatch[input] = true
            }
        }
        return holdsBatch
    }

    /// The images that pass through each step together: the more, the smaller the maps from there on.
    ///
    /// Weights are read once for all images of a pass. Where threads share passes, as many run at a time.
    private static func imagesOfPass(_ steps: [CompiledStep], _ settings: ExecutionSettings, shared: Int) -> [Int] {
        var passes = [Int](repeating: settings.batch, count: steps.count)
        var least = settings.batch
        for index in steps.indices.reversed() {
            let kernel = steps[index].kernel
            let floats = kernel.inputCount + kernel.secondCount + kernel.otherCounts.reduce(kernel.outputCount, +)
            let atOnce = index < shared ? settings.threads : 1
            let most = (settings.batch + atOnce - 1) / atOnce
            least = min(least, most, images(ofPassWith: atOnce * floats, batch: settings.batch))
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
