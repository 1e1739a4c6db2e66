/// Finds the parameters of a network among the tensors of a weight file.
package protocol NamingRule: Sendable {
    /// Assigns the tensors that are named this way to parameters, once for each network that the file holds.
    ///
    /// - Parameters:
    ///   - needed: The parameters that features depend on, in the order of computation.
    ///   - others: The other parameters of the network, such as the classifier, which may be absent.
    ///   - source: The tensors; only names and shapes are read.
    /// - Returns: The assignments in which every needed tensor is there in its shape, in the order of the file, at most
    ///   ``TensorAssignment/limit``. When there is none, the one with most fitting tensors; empty when no name fits.
    /// - Complexity: Linear in the length of all names.
    func assignments(needed: [Parameter], others: [Parameter], in source: any TensorSource) -> [TensorAssignment]
}
