internal import CRecKernels
package import RecCompute

/// Kernels in the order in which they run, with the places of their maps in one arena.
@safe
package struct KernelProgram: Sendable {
    /// The place of the maps of some images, one after the other.
    package struct Place: Sendable, Hashable {
        /// The first float of the first image.
        package let offset: Int
        /// Floats of an image.
        package let count: Int
        /// Whether there is room for the whole batch instead of the images of one pass.
        package let holdsBatch: Bool

        package init(offset: Int, count: Int, holdsBatch: Bool) {
            self.offset = offset
            self.count = count
            self.holdsBatch = holdsBatch
        }
    }

    /// One kernel and its maps.
    package struct Step: Sendable {
        package let kernel: any BlockedKernel
        package let input: Place
        package let second: Place?
        package let others: [Place]
        package let output: Place

        package init(
            _ kernel: any BlockedKernel,
            input: Place,
            second: Place?,
            others: [Place] = [],
            output: Place
        ) {
            self.kernel = kernel
            self.input = input
            self.second = second
            self.others = others
            self.output = output
        }
    }

    /// Steps that process a few images before the next few start, so that their maps stay in a cache.
    package struct Segment: Sendable {
        /// The most images of a pass.
        package let images: Int
        package let steps: [Step]

        package init(images: Int, steps: [Step]) {
            self.images = images
            self.steps = steps
        }
    }

    /// The most images of a run.
    package let batch: Int
    /// The most threads that work on a run.
    package let threads: Int
    /// Floats of the maps, of shared scratch memory, and of each thread's scratch memory.
    package let mapCount: Int
    package let sharedScratch: Int
    package let privateScratch: Int

    private let segments: [Segment]
    private let input: Place
    private let output: Place
    private let outputShape: BlockedShape

    /// Checks that every kernel finds maps of its size inside the arena and never writes where it reads.
    package init(
        _ segments: [Segment],
        batch: Int,
        threads: Int,
        mapCount: Int,
        input: Place,
        output: Place,
        outputShape: BlockedShape
    ) {
        precondition(batch > 0 && threads > 0, "sizes")
        precondition(input.holdsBatch && output.holdsBatch, "images and features are there for the whole batch")
        precondition(output.count == outputShape.count, "output size")
        func range(_ place: Place, _ images: Int) -> Range<Int> {
            place.offset..<place.offset + place.count * (place.holdsBatch ? batch : images)
        }
        var shared = 0
        var own = 0
        for segment in segments {
            precondition((1...batch).contains(segment.images), "images of a pass")
            for step in segment.steps {
                let kernel = step.kernel
                precondition(step.input.count == kernel.inputCount, "input size")
                precondition(step.output.count == kernel.outputCount, "output size")
                precondition((step.second?.count ?? 0) == kernel.secondCount, "size of the second input")
                precondition(step.others.map(\.count) == kernel.otherCounts, "sizes of further inputs")
                let target = range(step.output, segment.images)
                precondition(target.lowerBound >= 0 && target.upperBound <= mapCount, "a map outside the arena")
                for place in [step.input] + (step.second.map { [$0] } ?? []) + step.others {
                    let source = range(place, segment.images)
                    precondition(source.lowerBound >= 0 && source.upperBound <= mapCount, "a map outside the arena")
                    precondition(!source.overlaps(target), "the output overlaps an input")
                }
                for images in 1...segment.images {
                    shared = max(shared, kernel.sharedScratch(images: images))
                    own = max(own, kernel.privateScratch(images: images))
                }
            }
        }
        self.segments = segments
        self.batch = batch
        self.threads = threads
        self.mapCount = Self.aligned(mapCount)
        sharedScratch = Self.aligned(shared)
        privateScratch = Self.aligned(own)
        self.input = input
        self.output = output
        self.outputShape = outputShape
    }

    /// The kernels in order.
    package var kernels: [any BlockedKernel] { segments.flatMap { $0.steps.map(\.kernel) } }

    /// Floats of the arena that a run needs.
    package var arenaCount: Int { mapCount + sharedScratch + threads * privateScratch }

    private static func aligned(_ count: Int) -> Int {
        (count + FloatArena.alignment - 1) / FloatArena.alignment * FloatArena.alignment
    }

    /// Runs on planar images (NCHW) and leaves their features in the arena.
    ///
    /// An observer gets the duration of every pass through a step, and the place of what it wrote.
    ///
    /// - Precondition: `pixels` has from 1 to ``batch`` images; the arena is large enough; the team has no more members
    ///   than ``threads``.
    package func run(
        _ pixels: Span<Float>,
        in arena: FloatArena,
        team: ThreadTeam,
        observer: ((_ step: Int, _ duration: Duration, _ output: Range<Int>) -> Void)? = nil
    ) {
        let images = pixels.count / input.count
        precondition(
            pixels.count == images * input.count && (1...batch).contains(images),
            "pixels of 1 to \(batch) images"
        )
        precondition(arena.count >= arenaCount && team.count <= threads, "a workspace of another plan")
        arena.write(input.offset..<input.offset + pixels.count) { target in
            unsafe pixels.withUnsafeBufferPointer { source in
                unsafe target.withUnsafeMutableBufferPointer { unsafe _ = $0.update(fromContentsOf: source) }
            }
        }
        let base = unsafe arena.pointer
        let shared = unsafe base + mapCount
        let own = unsafe shared + sharedScratch
        var firstStep = 0
        for segment in segments {
            defer { firstStep += segment.steps.count }
            for first in stride(from: 0, to: images, by: segment.images) {
                let count = min(segment.images, images - first)
                for (index, step) in segment.steps.enumerated() {
                    let start = observer.map { _ in ContinuousClock.now }
                    defer {
                        if let observer, let start {
                            let output = step.output.offset + (step.output.holdsBatch ? first * step.output.count : 0)
                            observer(
                                firstStep + index,
                                start.duration(to: .now),
                                output..<output + count * step.output.count
                            )
                        }
                    }
                    func pointer(_ place: Place) -> UnsafeMutablePointer<Float> {
                        unsafe base + place.offset + (place.holdsBatch ? first * place.count : 0)
                    }
                    for (phase, units) in step.kernel.units(images: count).enumerated() {
                        team.run(units: units) { unit, participant in
                            let memory = unsafe KernelMemory(
                                input: UnsafePointer(pointer(step.input)),
                                second: step.second.map { unsafe UnsafePointer(pointer($0)) },
                                others: step.others.map { unsafe UnsafePointer(pointer($0)) },
                                output: pointer(step.output),
                                shared: shared,
                                own: own + participant * privateScratch
                            )
                            unsafe step.kernel.run(phase: phase, unit: unit, images: count, memory: memory)
                        }
                    }
                }
            }
        }
    }

    /// Copies the features of one image of the last run, as CHW.
    package func copyFeatures(ofImage image: Int, from arena: FloatArena, into planes: inout MutableSpan<Float>) {
        precondition(planes.count == outputShape.channels * outputShape.pixels, "output size")
        precondition((0..<batch).contains(image), "an image of the batch")
        let start = output.offset + image * output.count
        arena.read(start..<start + output.count) { source in
            unsafe source.withUnsafeBufferPointer { source in
                unsafe planes.withUnsafeMutableBufferPointer { planes in
                    guard let from = source.baseAddress, let to = planes.baseAddress else { return }
                    unsafe rec_blocks_to_planes_f32(from, outputShape.channels, outputShape.pixels, to)
                }
            }
        }
    }
}
