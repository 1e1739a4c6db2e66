/// The weights of a convolution as signed bytes from -127 to 127, one scale for each output channel.
struct QuantizedWeights {
    /// Planes by depth; zeros for planes and channels that do not exist.
    let matrix: [Int8]
    /// The sum of each plane's bytes.
    let sums: [Int32]
    /// What one stands for, for each output.
    let scales: [Double]

    /// Quantises the weights in an order of places in OIHW.
    init(_ convolution: FusedConvolution, order: [Int?], planes: Int) {
        let floats = convolution.matrix(order: order, planes: planes)
        let depth = order.count
        var matrix = [Int8](repeating: 0, count: floats.count)
        var sums = [Int32](repeating: 0, count: planes)
        var scales = [Double](repeating: 0, count: convolution.outputs)
        for output in 0..<convolution.outputs {
            let row = output * depth..<(output + 1) * depth
            let largest = floats[row].reduce(0) { max($0, abs($1)) }
            guard largest > 0 else { continue }
            let factor = 127 / largest
            scales[output] = Double(largest) / 127
            for index in row {
                let number = Int32((floats[index] * factor).rounded(.toNearestOrEven))
                matrix[index] = Int8(max(min(number, 127), -127))
                sums[output] += Int32(matrix[index])
            }
        }
        self.matrix = matrix
        self.sums = sums
        self.scales = scales
    }
}
