/// A source of values for the parameters of a network.
///
/// Weights of a backbone come from its file; conform your own type to compile a ``Network`` with parameters from
/// elsewhere. Several threads read at the same time.
package protocol ParameterSource: Sendable {
    /// The ``Parameter/count`` values of a parameter, row-major.
    ///
    /// - Throws: `RecError` when there is no such parameter or its values cannot be used.
    func values(of parameter: Parameter) throws -> [Float]
}
