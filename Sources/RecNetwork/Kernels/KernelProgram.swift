internal import CRecKernels
internal import RecCompute

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
        /// Floats from the maps of one thread's pass to those of the next, where threads share passes.
        package let threadPitch: Int

        package init(offset: Int, count: Int, holdsBatch: Bool, threadPitch: Int = 0) {
            self.offset = offset
            self.count = count
            self.holdsBatch = holdsBatch
            self.threadPitch = threadPitch
        }
    }

    /// One kernel and its maps.
    package struct Step: Sendable {
        package let kernel: any BlockedKernel
        package let input: Place
        package let second: Place?
        package let others: [Place]
        package let output: Place

        /// The places of all inputs.
        var inputs: [Place] { [input] + (second.map { [$0] } ?? []) + others }

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
        /// What the threads of a run share.
        package enum Sharing: Sendable {
            /// The units of each step, one step after another.
            case units
            /// The passes, where there are enough images: a thread runs all steps of one, in memory of its own, and waits
            /// for no other thread.
            case passes
        }

        /// The most images of a pass.
        package let images: Int
        package let sharing: Sharing
        package let steps: [Step]

        package init(images: Int, sharing: Sharing = .units, steps: [Step]) {
            self.images = images
            self.sharing = sharing
            self.steps = steps
        }
    }

    /// The most images of a run.
    package let batch: Int
    /// The most threads that work on a run.
    package let threads: Int
    /// Floats of the maps.
    package let mapCount: Int
    /// Floats of scratch memory for the units of a pass, once for each thread where threads share passes.
    package let sharedScratch: Int
    /// Floats of scratch memory for a thread's unit.
    package let privateScratch: Int
    /// Floats of the scratch memory for one thread's pass.
    let passScratch: Int

    let segments: [Segment]
    let input: Place
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
        var (shared, pass, own) = (0, 0, 0)
        for segment in segments {
            precondition((1...batch).contains(segment.images), "images of a pass")
            Self.checkCopies(segment, batch: batch, threads: threads, mapCount: mapCount)
            for step in segment.steps {
                let kernel = step.kernel
                precondition(step.input.count == kernel.inputCount, "input size")
                precondition(step.output.count == kernel.outputCount, "output size")
                precondition((step.second?.count ?? 0) == kernel.secondCount, "size of the second input")
                precondition(step.others.map(\.count) == kernel.otherCounts, "sizes of further inputs")
                let target = range(step.output, segment.images)
                precondition(target.lowerBound >= 0 && target.upperBound <= mapCount, "a map outside the arena")
                for place in step.inputs {
                    let source = range(place, segment.images)
                    precondition(source.lowerBound >= 0 && source.upperBound <= mapCount, "a map outside the arena")
                    precondition(!source.overlaps(target), "the output overlaps an input")
                }
                for images in 1...segment.images {
                    let scratch = kernel.sharedScratch(images: images)
                    if segment.sharing == .passes { pass = max(pass, scratch) } else { shared = max(shared, scratch) }
                    own = max(own, kernel.privateScratch(images: images))
                }
            }
        }
        self.segments = segments
        self.batch = batch
        self.threads = threads
        self.mapCount = Self.aligned(mapCount)
        passScratch = Self.aligned(pass)
        sharedScratch = max(Self.aligned(shared), passScratch * threads)
        privateScratch = Self.aligned(own)
        self.input = input
        self.output = output
        self.outputShape = outputShape
    }

    /// The kernels in order.
    package var kernels: [any BlockedKernel] { segments.flatMap { $0.steps.map(\.kernel) } }

    /// Floats of the arena that a run needs.
    package var arenaCount: Int { mapCount + sharedScratch + threads * privateScratch }

    /// Checks that the maps of passes that run at the same time are apart, and from those of the whole batch.
    private static func checkCopies(_ segment: Segment, batch: Int, threads: Int, mapCount: Int) {
        let places = segment.steps.flatMap { $0.inputs + [$0.output] }
        let own = places.filter { !$0.holdsBatch }
        guard segment.sharing == .passes, let first = own.map(\.offset).min(), let pitch = own.first?.threadPitch
        else { return }
        let copies = first..<first + threads * pitch
        precondition(copies.upperBound <= mapCount, "a map outside the arena")
        for place in own {
            let end = place.offset + place.count * segment.images
            precondition(place.threadPitch == pitch && end <= first + pitch, "maps of two threads' passes that overlap")
        }
        for place in places where place.holdsBatch {
            let range = place.offset..<place.offset + place.count * batch
            precondition(!range.overlaps(copies), "maps of the batch and of a thread's pass that overlap")
        }
    }

    private static func aligned(_ count: Int) -> Int {
        (count + FloatArena.alignment - 1) / FloatArena.alignment * FloatArena.alignment
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
