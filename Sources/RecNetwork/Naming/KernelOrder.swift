/// The order of the dimensions of weights in a file.
package enum KernelOrder: Sendable, Hashable {
    /// PyTorch's: OIHW, and outputs x inputs with a flattened map in CHW order.
    case outputFirst
    /// TensorFlow's: HWIO, and inputs x outputs with a flattened map in HWC order.
    case outputLast

    /// The shapes in which a file of this order may hold a parameter, the usual one first.
    func shapes(of parameter: Parameter) -> [[Int]] {
        let shape = parameter.shape
        guard parameter.role == .weight else {
            return self == .outputFirst && parameter.role == .factor ? [shape, shape + [1, 1]] : [shape]
        }
        switch (self, parameter.map) {
        // Some libraries turn a fully connected layer into a convolution, or have a matrix for one of 1x1.
        case (.outputFirst, nil): return shape[2...] == [1, 1] ? [shape, [shape[0], shape[1]]] : [shape]
        case (.outputFirst, let map?): return [shape, [shape[0], map.channels, map.height, map.width]]
        case (.outputLast, nil):
            let kernel = [shape[2], shape[3], shape[1], shape[0]]
            if kernel[..<2] == [1, 1] { return [kernel, [shape[1], shape[0]]] }
            // Depthwise kernels are stored by channel and by filter of the channel.
            return shape[1] == 1 ? [kernel, [shape[2], shape[3], shape[0], 1]] : [kernel]
        case (.outputLast, _?): return [[shape[1], shape[0]]]
        }
    }

    /// The values of a parameter in the network's order.
    package func canonical(_ values: [Float], _ parameter: Parameter) -> [Float] {
        guard self == .outputLast, parameter.role == .weight else { return values }
        let shape = parameter.shape
        let map = parameter.map
        return TensorKernels.outputFirst(
            values.span,
            height: map?.height ?? shape[2],
            width: map?.width ?? shape[3],
            inputs: map?.channels ?? shape[1],
            outputs: shape[0]
        )
    }
}
