internal import RecCore
package import RecNetwork

/// The parameters of a lowered network, each read from the graph's constants when it is asked for.
package struct ParameterTable: ParameterSource, Sendable {
    /// Reads a parameter's values, row-major.
    typealias Reading = @Sendable () throws -> [Float]

    private struct Key: Hashable {
        let layer: String
        let role: Parameter.Role
    }

    private var values: [Key: Reading] = [:]
    private let path: String

    init(path: String) { self.path = path }

    /// Notes where the values of a parameter are.
    mutating func set(_ layer: String, _ role: Parameter.Role, _ values: @escaping Reading) {
        self.values[Key(layer: layer, role: role)] = values
    }

    /// The values of a parameter, after checking that all are finite.
    ///
    /// - Throws: `RecError` with code `missingTensor` or `corruptWeights`, and the errors of reading a constant.
    package func values(of parameter: Parameter) throws -> [Float] {
        guard let values = values[Key(layer: parameter.layer, role: parameter.role)] else {
            throw RecError(.missingTensor, path: path, "Node '\(parameter.layer)' has no \(parameter.role).")
        }
        let result = try values()
        if let index = TensorKernels.firstNonFinite(result.span) {
            throw RecError(
                .corruptWeights,
                path: path,
                "Node '\(parameter.layer)': its \(parameter.role) holds \(result[index]) at position \(index). Use "
                    + "undamaged weights."
            )
        }
        return result
    }
}
