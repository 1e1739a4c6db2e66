package import CRecKernels

/// What the kernels may ask of the processor: plain C, AVX2, AVX-512, each with the kernels of the one before where it
/// has none of its own.
///
/// The environment variable `REC_CPU` (`scalar`, `avx2`, `avx512`) holds ``best`` down to a level.
@safe
package struct ProcessorLevel: @unchecked Sendable {
    private let raw: rec_level

    /// The kernels, by family.
    @unsafe package let kernels: UnsafePointer<rec_kernels>

    private init(_ raw: rec_level) {
        self.raw = raw
        unsafe kernels = rec_kernels_at(raw)
    }

    /// Plain C: the reference for the others.
    package static let scalar = ProcessorLevel(REC_SCALAR)

    /// The default level: the highest, or the one in `REC_CPU`.
    package static let best = ProcessorLevel(rec_level_best())

    /// Those that this processor can run, from ``scalar`` up, whatever `REC_CPU` says.
    package static let available: [ProcessorLevel] = (0..<REC_LEVEL_COUNT.rawValue).map { rec_level($0) }
        .filter { rec_level_runs($0) != 0 }.map { ProcessorLevel($0) }
}

extension ProcessorLevel: Hashable {
    package static func == (left: ProcessorLevel, right: ProcessorLevel) -> Bool { left.raw == right.raw }

    package func hash(into hasher: inout Hasher) { hasher.combine(raw.rawValue) }
}

extension ProcessorLevel: CustomStringConvertible {
    /// The name as in `REC_CPU`.
    package var description: String { unsafe rec_level_name(raw).map { unsafe String(cString: $0) } ?? "" }
}
