extension Network {
    /// Adds a convolution.
    package mutating func convolution(_ name: String, _ value: Value, _ convolution: Convolution) -> Value {
        append(name, .convolution(convolution), [value])
    }

    /// Adds a batch normalisation.
    package mutating func batchNormalization(
        _ name: String,
        _ value: Value,
        _ normalization: BatchNormalization
    ) -> Value {
        append(name, .batchNormalization(normalization), [value])
    }

    /// Adds an activation.
    public mutating func activation(_ value: Value, _ activation: Activation) -> Value {
        append("\(activation)", .activation(activation), [value])
    }

    /// Adds the sum of two values of equal shape.
    public mutating func add(_ first: Value, _ second: Value) -> Value {
        append("add", .add, [first, second])
    }

    /// Adds a maximum over windows.
    package mutating func maxPooling(_ value: Value, _ window: SlidingWindow) -> Value {
        append("max-pool", .maxPooling(window), [value])
    }

    /// Adds the mean of each channel.
    public mutating func globalAveragePooling(_ value: Value) -> Value {
        append("average-pool", .globalAveragePooling, [value])
    }

    /// Adds a fully connected layer.
    package mutating func fullyConnected(_ name: String, _ value: Value, _ layer: FullyConnected) -> Value {
        append(name, .fullyConnected(layer), [value])
    }
}
