package import RecCore

/// The assignment of a file's tensors to a network's parameters.
package struct TensorAssignment: Sendable {
    /// The most assignments that are taken from one file, whose comparison takes time; no real checkpoint holds as many.
    package static let limit = 64

    /// The text before the names of the tensors: "model.", "layers/functional/".
    package var prefix: String

    /// The name of the tensor for each needed parameter; whether there is such a tensor is checked later.
    package var names: [Parameter: String]

    /// The order of the dimensions of weights.
    package var order: KernelOrder

    /// The number of needed parameters that have a tensor of their shape.
    package var fitting: Int

    /// Tensors that would affect the features but have no parameter in the network: a sign that the file belongs to
    /// another network.
    package var unexpected: [String]

    /// Creates an assignment.
    package init(
        prefix: String,
        names: [Parameter: String],
        order: KernelOrder,
        fitting: Int,
        unexpected: [String] = []
    ) {
        self.prefix = prefix
        self.names = names
        self.order = order
        self.fitting = fitting
        self.unexpected = unexpected
    }

    /// The names of the tensors in the order of the parameters.
    package func tensors(_ needed: [Parameter]) -> [String] { needed.map { names[$0] ?? "" } }

    /// The reason why the tensors do not fit the needed parameters; `nil` when they fit.
    package func problem(_ needed: [Parameter], in source: any TensorSource, backbone: String) -> RecError? {
        for parameter in needed {
            let name = names[parameter] ?? "\(parameter.layer).\(parameter.role)"
            let expected = order.shapes(of: parameter)
            if let obstacle = source.obstacle(to: name) { return obstacle }
            guard let found = source.shape(of: name) else {
                return RecError(
                    .missingTensor,
                    "There is no tensor '\(name)' of shape \(expected[0]), which \(backbone) needs. Use complete "
                        + "weights of \(backbone)."
                )
            }
            guard expected.contains(found) else {
                return RecError(
                    .misshapedTensor,
                    "Tensor '\(name)' has shape \(found); \(backbone) needs \(expected[0]). Use weights of \(backbone)."
                )
            }
        }
        guard let name = unexpected.first else { return nil }
        let more = unexpected.count > 1 ? " and \(unexpected.count - 1) more" : ""
        return RecError(
            .wrongArchitecture,
            "\(backbone) has no place for tensor '\(name)'\(more): these are weights of another network."
        )
    }
}
