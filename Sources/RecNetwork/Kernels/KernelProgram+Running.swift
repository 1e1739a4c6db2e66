package import RecCompute

extension KernelProgram {
    /// Runs on planar images (NCHW) and leaves their features in the arena.
    ///
    /// An observer gets the duration of every pass through a step, and the place of what it wrote. Threads share the units
    /// of all steps when there is an observer, or when passes would leave threads without work.
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
        var firstStep = 0
        for segment in segments {
            defer { firstStep += segment.steps.count }
            if observer == nil, segment.sharing == .passes, team.sharesEvenly(images) {
                unsafe runPasses(of: segment, images: images, base, team)
                continue
            }
            for first in stride(from: 0, to: images, by: segment.images) {
                let count = min(segment.images, images - first)
                for (index, step) in segment.steps.enumerated() {
                    let start = observer.map { _ in ContinuousClock.now }
                    unsafe runUnits(of: step, first..<first + count, base, team)
                    if let observer, let start {
                        let output = step.output.offset + (step.output.holdsBatch ? first * step.output.count : 0)
                        observer(
                            firstStep + index,
                            start.duration(to: .now),
                            output..<output + count * step.output.count
                        )
                    }
                }
            }
        }
    }

    /// Runs a step on some images, its units shared by the team.
    @unsafe
    private func runUnits(
        of step: Step,
        _ images: Range<Int>,
        _ base: UnsafeMutablePointer<Float>,
        _ team: ThreadTeam
    ) {
        for (phase, units) in step.kernel.units(images: images.count).enumerated() {
            team.run(units: units) { unit, participant in
                let memory = unsafe memory(of: step, firstImage: images.lowerBound, base, pass: 0, participant)
                unsafe step.kernel.run(phase: phase, unit: unit, images: images.count, memory: memory)
            }
        }
    }

    /// Runs the steps of a segment on all images, its passes shared by the team.
    @unsafe
    private func runPasses(
        of segment: Segment,
        images: Int,
        _ base: UnsafeMutablePointer<Float>,
        _ team: ThreadTeam
    ) {
        let fewest = (images + segment.images - 1) / segment.images
        let passes = min((fewest + team.count - 1) / team.count * team.count, images)
        team.run(units: passes) { pass, participant in
            let images = part(pass, of: passes, total: images)
            for step in segment.steps {
                let memory = unsafe memory(
                    of: step,
                    firstImage: images.lowerBound,
                    base,
                    pass: participant,
                    participant
                )
                for (phase, units) in step.kernel.units(images: images.count).enumerated() {
                    for unit in 0..<units {
                        unsafe step.kernel.run(phase: phase, unit: unit, images: images.count, memory: memory)
                    }
                }
            }
        }
    }

    /// The maps of a step for the images from a first one on, in the memory of one of the passes that run at a time.
    @unsafe
    private func memory(
        of step: Step,
        firstImage: Int,
        _ base: UnsafeMutablePointer<Float>,
        pass: Int,
        _ participant: Int
    ) -> KernelMemory {
        func pointer(_ place: Place) -> UnsafeMutablePointer<Float> {
            unsafe base + place.offset + (place.holdsBatch ? firstImage * place.count : pass * place.threadPitch)
        }
        let shared = unsafe base + mapCount
        return unsafe KernelMemory(
            input: UnsafePointer(pointer(step.input)),
            second: step.second.map { unsafe UnsafePointer(pointer($0)) },
            others: step.others.map { unsafe UnsafePointer(pointer($0)) },
            output: pointer(step.output),
            shared: shared + pass * passScratch,
            own: shared + sharedScratch + participant * privateScratch
        )
    }
}

extension ThreadTeam {
    /// Whether each member gets some of the images, and no more than a sixth of the time is lost to those that get fewer.
    fileprivate func sharesEvenly(_ images: Int) -> Bool {
        let rounds = (images + count - 1) / count
        return count > 1 && 6 * images >= 5 * rounds * count
    }
}
