import RecNetwork

/// Arithmetic in bytes from its definition, with integers and double precision.
enum QuantizedReference {
    /// The byte of a value, half to even.
    static func byte(_ value: Double, _ range: ActivationRange) -> Double {
        let (scale, zero) = parameters(range)
        return min(max((value / scale + zero).rounded(.toNearestOrEven), 0), 255)
    }

    /// What a byte stands for.
    static func value(_ byte: Double, _ range: ActivationRange) -> Double {
        let (scale, zero) = parameters(range)
        return (byte - zero) * scale
    }

    private static func parameters(_ range: ActivationRange) -> (scale: Double, zero: Double) {
        let low = Double(min(range.low, 0))
        let scale = Double(Float(Double(max(range.high, 0)) - low) / 255)
        return (scale, (-low / scale).rounded())
    }

    /// Weights as multiples of their channel's 127th part of the largest.
    static func weights(_ weights: [Float], outputs: Int) -> [Double] {
        let depth = weights.count / outputs
        return (0..<outputs).flatMap { output in
            let row = weights[output * depth..<(output + 1) * depth]
            let largest = row.map { abs($0) }.max() ?? 0
            return row.map { weight in
                largest == 0 ? 0 : Double((weight * (127 / largest)).rounded(.toNearestOrEven)) * Double(largest) / 127
            }
        }
    }
}
