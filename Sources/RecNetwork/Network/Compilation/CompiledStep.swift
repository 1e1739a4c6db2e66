/// A kernel and the values that it works on.
struct CompiledStep: Sendable {
    /// The name of the layer that it stands for; fused layers have none of their own.
    let name: String
    /// What is computed.
    let kernel: any BlockedKernel
    /// The values that are read, by their numbers: one or two.
    let inputs: [Int]
    /// The value that is written.
    let output: Int
}
