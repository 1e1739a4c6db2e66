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

    /// Adds the product of two values of equal shape.
    package mutating func multiply(_ first: Value, _ second: Value) -> Value {
        append("multiply", .multiply, [first, second])
    }

    /// Adds the product of each channel of a map with its value in a vector.
    package mutating func gate(_ value: Value, by vector: Value) -> Value {
        append("gate", .gate, [value, vector])
    }

    /// Adds the channels of several maps, one map after the other.
    package mutating func concatenation(_ values: [Value]) -> Value {
        values.count == 1 ? values[0] : append("concatenation", .concatenation(values.count), values)
    }

    /// Adds another view of a map's positions.
    package mutating func reshape(_ value: Value, _ shape: FeatureMapShape) -> Value {
        append("reshape", .reshape(shape), [value])
    }

    /// Adds a change between a map and a vector.
    package mutating func rearrangement(_ value: Value, _ rearrangement: Rearrangement) -> Value {
        append("layout", .rearrangement(rearrangement), [value])
    }

    /// Adds an operation that is given from outside.
    package mutating func general(_ operation: any GeneralOperation, _ values: [Value]) -> Value {
        append(operation.name, .general(GeneralLayer(operation)), values)
    }

    /// Adds a mean over windows.
    package mutating func averagePooling(_ value: Value, _ pooling: AveragePooling) -> Value {
        append("average-pool", .averagePooling(pooling), [value])
    }

    /// Adds a normalisation across the channels of each position.
    package mutating func layerNormalization(
        _ name: String,
        _ value: Value,
        _ normalization: LayerNormalization
    ) -> Value {
        append(name, .layerNormalization(normalization), [value])
    }

    /// Adds a softmax of the rows of a vector.
    package mutating func softmax(_ value: Value, width: Int) -> Value {
        append("softmax", .softmax(width: width), [value])
    }

    /// Adds products of matrices.
    package mutating func matrixProduct(_ left: Value, _ right: Value, _ product: MatrixProduct) -> Value {
        append("product", .matrixProduct(product), [left, right])
    }

    /// Adds attention over the tokens of maps.
    package mutating func attention(
        _ queries: Value,
        _ keys: Value,
        _ values: Value,
        _ attention: Attention
    ) -> Value {
        append("attention", .attention(attention), [queries, keys, values])
    }

    /// Adds a factor and a summand that are the same for all values.
    package mutating func affine(_ value: Value, factor: Float, summand: Float) -> Value {
        append("affine", .affine(factor: factor, summand: summand), [value])
    }
}
