/// A kernel and the values that it works on.
struct CompiledStep: Sendable {
    /// The name of its layer; fused layers have no step of their own.
    let name: String
    /// The kernel.
    let kernel: any BlockedKernel
    /// The values that are read, by their numbers.
    let inputs: [Int]
    /// The value that is written.
    let output: Int
}
