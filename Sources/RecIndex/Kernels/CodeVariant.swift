internal import CRecKernels

/// The instruction sets that the kernels of codes are compiled for.
package enum CodeVariant: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Plain C: the reference for the others.
    case portable
    /// x86-64 with AVX2 and FMA.
    case avx2
    /// x86-64 with AVX-512 and its products of bytes (VNNI).
    case avx512

    /// The fastest that this processor can run, which can run those before it as well.
    package static let best: CodeVariant =
        switch rec_code_isa_best() {
        case REC_CODE_AVX512: .avx512
        case REC_CODE_AVX2: .avx2
        default: .portable
        }

    package static func < (left: CodeVariant, right: CodeVariant) -> Bool { left.rawValue < right.rawValue }

    var raw: rec_code_isa {
        switch self {
        case .portable: REC_CODE_PORTABLE
        case .avx2: REC_CODE_AVX2
        case .avx512: REC_CODE_AVX512
        }
    }
}
