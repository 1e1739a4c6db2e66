internal import RecNetwork

/// A node of a graph as an operation of a network: one of its outputs, computed by the operator itself.
struct GraphOperation: GeneralOperation {
    /// An operand of the node.
    enum Input: Sendable {
        /// One that is left out.
        case absent
        /// A constant.
        case constant(Tensor)
        /// A value of the network.
        case value(TensorType)
    }

    let name: String
    let operation: TensorOperation
    let inputs: [Input]
    /// The number of the output among those of the node.
    let output: Int
    let outputType: TensorType

    var inputCounts: [Int] {
        inputs.compactMap { if case .value(let type) = $0 { TensorWords.count(type) } else { nil } }
    }

    var outputCount: Int { TensorWords.count(outputType) }

    /// The output; empty when the operator fails, which its types have ruled out before.
    func evaluate(_ words: [[Float]]) -> [Float] {
        var next = 0
        let operands = inputs.map { input -> Tensor? in
            switch input {
            case .absent: return nil
            case .constant(let tensor): return tensor
            case .value(let type):
                next += 1
                return TensorWords.decode(words[next - 1], type)
            }
        }
        guard let outputs = try? operation.evaluate(operands), outputs.indices.contains(output),
            outputs[output].type == outputType
        else { return [] }
        return TensorWords.encode(outputs[output])
    }
}
