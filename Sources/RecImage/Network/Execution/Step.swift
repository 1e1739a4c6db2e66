/// An operation of a plan and the buffers that it works on.
struct Step: Sendable {
    /// The name of the layer that it stands for; fused layers have none of their own.
    let name: String
    /// What is computed.
    let operation: any Operation
    /// The buffers that are read: one or two.
    let inputs: [Int]
    /// The buffer that is written.
    let output: Int
}
