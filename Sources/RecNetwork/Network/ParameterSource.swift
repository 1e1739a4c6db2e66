/// Gives a network the values of its parameters.
///
/// Weights of a backbone come from its file; conform a type of your own to compile a ``Network`` with
/// parameters from elsewhere.
package protocol ParameterSource {
    /// The values of a parameter, row-major: as many as ``Parameter/count``.
    ///
    /// - Throws: `RecError` when there is no such parameter or its values cannot be used.
    func values(of parameter: Parameter) throws -> [Float]
}
