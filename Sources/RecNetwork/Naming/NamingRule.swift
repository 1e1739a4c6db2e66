/// Finds the parameters of a network among the tensors of a weight file.
package protocol NamingRule: Sendable {
    /// Detects whether the tensors are named this way, and assigns them to parameters.
    ///
    /// - Parameters:
    ///   - needed: The parameters that features depend on, in the order of computation.
    ///   - others: The other parameters of the network, such as the classifier, which may be absent.
    ///   - source: The tensors; only names and shapes are read.
    /// - Returns: `nil` when the file is clearly named in another way.
    func assign(needed: [Parameter], others: [Parameter], in source: any TensorSource) -> TensorAssignment?
}
