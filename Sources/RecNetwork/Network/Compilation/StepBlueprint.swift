internal import RecCompute

/// A step whose kernel is still to be made: reading and packing its parameters is what takes long.
struct StepBlueprint: Sendable {
    let name: String
    /// The values that are read, by their numbers.
    let inputs: [Int]
    /// The value that is written.
    let output: Int
    let kernel: @Sendable () throws -> any BlockedKernel

    /// Makes the kernels of steps, several at a time.
    ///
    /// - Throws: The error of the first step that has one.
    static func build(_ blueprints: [StepBlueprint], threads: Int) throws -> [CompiledStep] {
        let count = blueprints.count
        let results = LockedValue([Result<any BlockedKernel, any Error>?](repeating: nil, count: count))
        ThreadTeam(count: max(min(threads, count), 1)).run(units: count) { unit, _ in
            let result = Result { try blueprints[unit].kernel() }
            results.withLock { $0[unit] = result }
        }
        let kernels = results.withLock { $0 }
        return try zip(blueprints, kernels).compactMap { blueprint, kernel in
            try kernel.map {
                CompiledStep(
                    name: blueprint.name,
                    kernel: try $0.get(),
                    inputs: blueprint.inputs,
                    output: blueprint.output
                )
            }
        }
    }
}
