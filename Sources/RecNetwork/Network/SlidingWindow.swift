/// The window of a convolution or a pooling: its size, stride and padding.
package struct SlidingWindow: Sendable, Hashable {
    /// Rows of the window.
    package let height: Int
    /// Columns of the window.
    package let width: Int
    /// Input rows from one window to the next.
    package let verticalStride: Int
    /// Input columns from one window to the next.
    package let horizontalStride: Int
    /// The padding of the input.
    package let padding: Padding

    /// Creates a window.
    ///
    /// - Precondition: Sizes and strides are at least 1; explicit padding is from 0 to less than the window.
    package init(height: Int, width: Int, verticalStride: Int, horizontalStride: Int, padding: Padding) {
        precondition(height > 0 && width > 0 && verticalStride > 0 && horizontalStride > 0, "window sizes")
        if case .explicit(let top, let left, let bottom, let right) = padding {
            precondition((0..<height).contains(top) && (0..<height).contains(bottom), "vertical padding")
            precondition((0..<width).contains(left) && (0..<width).contains(right), "horizontal padding")
        }
        self.height = height
        self.width = width
        self.verticalStride = verticalStride
        self.horizontalStride = horizontalStride
        self.padding = padding
    }

    /// Creates a square window.
    ///
    /// - Precondition: As ``init(height:width:verticalStride:horizontalStride:padding:)``.
    package init(_ size: Int, stride: Int = 1, padding: Padding = .none) {
        self.init(height: size, width: size, verticalStride: stride, horizontalStride: stride, padding: padding)
    }

    /// Rows and columns of the output over an input, or `nil` when the input is too small.
    package func outputSize(over input: FeatureMapShape) -> (height: Int, width: Int)? {
        geometry(over: input).map { ($0.outputHeight, $0.outputWidth) }
    }

    /// The window over one input, or `nil` when the input with its padding is smaller than the window.
    func geometry(over input: FeatureMapShape) -> WindowGeometry? {
        let rows = padding.amounts(vertical: true, size: input.height, kernel: height, stride: verticalStride)
        let columns = padding.amounts(vertical: false, size: input.width, kernel: width, stride: horizontalStride)
        let slackHeight = input.height + rows.before + rows.after - height
        let slackWidth = input.width + columns.before + columns.after - width
        guard slackHeight >= 0, slackWidth >= 0 else { return nil }
        return WindowGeometry(
            channels: input.channels,
            height: input.height,
            width: input.width,
            kernelHeight: height,
            kernelWidth: width,
            strideHeight: verticalStride,
            strideWidth: horizontalStride,
            padTop: rows.before,
            padLeft: columns.before,
            outputHeight: slackHeight / verticalStride + 1,
            outputWidth: slackWidth / horizontalStride + 1
        )
    }
}
