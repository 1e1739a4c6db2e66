import RecCompute
import RecNetwork
import Testing

@Suite struct KernelProgramTests {
    static let shape = BlockedShape(channels: 8, height: 1, width: 2)

    /// Doubles a map and shifts it by one, from one place to another of an arena of 64 floats.
    static func program(from input: Int, to output: Int, batch: Int = 1, images: Int = 1) -> KernelProgram {
        let kernel = AffineKernel(
            shape,
            scale: [Float](repeating: 2, count: 8),
            shift: [Float](repeating: 1, count: 8),
            activation: nil,
            level: .best
        )
        let source = KernelProgram.Place(offset: input, count: 16, holdsBatch: true)
        let target = KernelProgram.Place(offset: output, count: 16, holdsBatch: true)
        let step = KernelProgram.Step(kernel, input: source, second: nil, output: target)
        return KernelProgram(
            [KernelProgram.Segment(images: images, steps: [step])],
            batch: batch,
            threads: 2,
            mapCount: 64,
            input: source,
            output: target,
            outputShape: shape
        )
    }

    @Test func `a step is run for all images, a few at a time, and each pass is observed`() {
        let program = Self.program(from: 0, to: 32, batch: 2, images: 1)
        let arena = FloatArena(count: program.arenaCount)
        let pixels = (0..<32).map { Float($0) }
        var passes: [Int] = []
        program.run(pixels.span, in: arena, team: ThreadTeam(count: 2)) { step, _, _ in passes.append(step) }
        var planes = [Float](repeating: 0, count: 16)
        var target = planes.mutableSpan
        program.copyFeatures(ofImage: 1, from: arena, into: &target)
        // [pixel][plane] becomes [plane][pixel].
        let expected: [Float] = (0..<8).flatMap { (plane: Int) -> [Float] in
            let first = Float(2 * (16 + plane) + 1)
            return [first, first + 16]
        }
        #expect(planes == expected)
        #expect(passes == [0, 0])
    }

    @Test func `a step that writes where it reads is refused`() async {
        await #expect(processExitsWith: .failure) { _ = Self.program(from: 0, to: 15) }
    }

    @Test func `places that are apart for one image but not for a batch are refused`() async {
        await #expect(processExitsWith: .failure) { _ = Self.program(from: 0, to: 16, batch: 2) }
    }

    @Test func `a map outside the arena is refused`() async {
        await #expect(processExitsWith: .failure) { _ = Self.program(from: 0, to: 49) }
    }

    @Test func `an arena of another program is refused`() async {
        await #expect(processExitsWith: .failure) {
            let program = Self.program(from: 0, to: 32)
            let pixels = [Float](repeating: 0, count: 16)
            program.run(pixels.span, in: FloatArena(count: 48), team: ThreadTeam(count: 1))
        }
    }

    /// Doubles a map and shifts it by one, twice, in passes that threads share.
    static func shared(
        images: Int,
        threadPitch: Int,
        between offset: Int = 96,
        batch: Int = 3,
        mapCount: Int = 160
    ) -> KernelProgram {
        let kernel = AffineKernel(
            shape,
            scale: [Float](repeating: 2, count: 8),
            shift: [Float](repeating: 1, count: 8),
            activation: nil,
            level: .best
        )
        let source = KernelProgram.Place(offset: 0, count: 16, holdsBatch: true)
        let between = KernelProgram.Place(offset: offset, count: 16, holdsBatch: false, threadPitch: threadPitch)
        let target = KernelProgram.Place(offset: 16 * batch, count: 16, holdsBatch: true)
        return KernelProgram(
            [
                KernelProgram.Segment(
                    images: images,
                    sharing: .passes,
                    steps: [
                        KernelProgram.Step(kernel, input: source, second: nil, output: between),
                        KernelProgram.Step(kernel, input: between, second: nil, output: target),
                    ]
                )
            ],
            batch: batch,
            threads: 3,
            mapCount: mapCount,
            input: source,
            output: target,
            outputShape: shape
        )
    }

    @Test(arguments: [1, 2, 3], [1, 2, 3, 5, 19, 20])
    func `passes that threads share give what one thread gives`(_ threads: Int, _ images: Int) {
        let program = Self.shared(images: 2, threadPitch: 32, between: 640, batch: 20, mapCount: 736)
        let arena = FloatArena(count: program.arenaCount)
        let pixels = (0..<16 * images).map { Float($0) }
        program.run(pixels.span, in: arena, team: ThreadTeam(count: threads))
        for image in 0..<images {
            var planes = [Float](repeating: 0, count: 16)
            var target = planes.mutableSpan
            program.copyFeatures(ofImage: image, from: arena, into: &target)
            let expected = (0..<16).map { place in Float(4 * (16 * image + place % 2 * 8 + place / 2) + 3) }
            #expect(planes == expected)
        }
    }

    @Test func `maps of two threads that overlap, or lie outside the arena, are refused`() async {
        await #expect(processExitsWith: .failure) { _ = Self.shared(images: 2, threadPitch: 16) }
        await #expect(processExitsWith: .failure) { _ = Self.shared(images: 1, threadPitch: 0) }
        await #expect(processExitsWith: .failure) { _ = Self.shared(images: 1, threadPitch: 16, mapCount: 128) }
        // Apart from the batch's maps for the first thread only.
        await #expect(processExitsWith: .failure) { _ = Self.shared(images: 1, threadPitch: 16, between: 32) }
    }
}
