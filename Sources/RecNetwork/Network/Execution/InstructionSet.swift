internal import RecCompute

/// The instructions that a plan uses.
public enum InstructionSet: String, Sendable, Hashable, CaseIterable {
    /// Those of every processor, and in OpenBLAS's matrix products whatever that library finds.
    case portable
    /// x86-64 with AVX2 and FMA.
    case avx2

    /// The fastest that this processor has.
    public static var best: InstructionSet {
        switch KernelVariant.best {
        case .avx2: .avx2
        case .scalar: .portable
        }
    }

    /// Whether this processor has them.
    public var isAvailable: Bool { self == .portable || self == .best }
}
