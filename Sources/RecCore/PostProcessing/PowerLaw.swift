internal import RecMath

/// The power law on a vector: each component x becomes sign(x) |x|^p, and the vector is scaled to unit length.
package struct PowerLaw: Sendable {
    private let power: Double

    package init(_ power: Double) {
        self.power = power
    }

    /// Applies the power law to the components of a unit vector.
    package func apply(to components: [Float]) -> [Double] {
        guard power != 1 else { return components.map { Double($0) } }
        var values = components.map { component in
            let size = PowerFunction.of(Double(component.magnitude), power)
            return component < 0 ? -size : size
        }
        let length = values.length
        for position in values.indices { values[position] /= length }
        return values
    }
}
