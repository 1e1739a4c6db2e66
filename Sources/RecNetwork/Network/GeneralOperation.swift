/// An operation on whole values that a network is given from outside, where no layer of its own computes it.
///
/// Its inputs and its output are vectors: the numbers of a tensor of any rank, row-major. All sizes are fixed.
package protocol GeneralOperation: Sendable {
    /// The name in the description of a plan.
    var name: String { get }
    /// The number of values of each input, for one image.
    var inputCounts: [Int] { get }
    /// The number of values of the output, for one image; at least 1.
    var outputCount: Int { get }

    /// For an operation that only moves values of its one input, the place of each; `nil` for any other.
    var moves: [Int32]? { get }

    /// Computes the output of one image.
    ///
    /// Equal inputs give equal bits. An output that is not ``outputCount`` long counts as values that are not numbers.
    func evaluate(_ inputs: [[Float]]) -> [Float]
}

extension GeneralOperation {
    package var moves: [Int32]? { nil }
}

/// A general operation as a layer; two are equal when they are the same one.
package struct GeneralLayer: Sendable, Hashable {
    /// The operation.
    package let operation: any GeneralOperation
    private let identity = Identity()

    /// Creates a layer.
    ///
    /// - Precondition: The operation has an input and an output, none of them empty.
    package init(_ operation: any GeneralOperation) {
        precondition(!operation.inputCounts.isEmpty && operation.inputCounts.allSatisfy { $0 > 0 }, "inputs")
        precondition(operation.outputCount > 0, "an operation without an output")
        self.operation = operation
    }

    package static func == (first: GeneralLayer, second: GeneralLayer) -> Bool { first.identity === second.identity }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(identity)) }

    private final class Identity: Sendable {}
}
