package import RecNetwork

extension LoweredNetwork {
    /// Compiles the network for the image that it was lowered for.
    ///
    /// - Throws: `RecError` as `Plan`.
    package func plan(_ settings: ExecutionSettings, ranges: ActivationRanges? = nil) throws -> Plan {
        try Plan(
            network,
            layer: Self.layer,
            height: imageSize.height,
            width: imageSize.width,
            parameters: parameters,
            settings: settings,
            ranges: ranges
        )
    }
}
