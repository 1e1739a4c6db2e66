package import CRecKernels

/// The instruction sets that the blocked kernels are compiled for.
package enum KernelVariant: String, Sendable, Hashable, CaseIterable {
    /// Plain C: the reference for the others.
    case scalar
    /// x86-64 with AVX2 and FMA.
    case avx2

    /// The fastest that this processor can run.
    package static var best: KernelVariant {
        rec_isa_best() == REC_ISA_AVX2 ? .avx2 : .scalar
    }

    /// What the kernels call it.
    package var raw: rec_isa {
        switch self {
        case .scalar: REC_ISA_SCALAR
        case .avx2: REC_ISA_AVX2
        }
    }
}
