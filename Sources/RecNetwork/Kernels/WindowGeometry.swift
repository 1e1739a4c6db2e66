internal import CRecKernels

/// A window that slides over the channels of one CHW image, with all sizes computed.
package struct WindowGeometry: Sendable, Hashable {
    /// Channels of the input.
    package let channels: Int
    /// Rows of the input.
    package let height: Int
    /// Columns of the input.
    package let width: Int
    /// Rows of the window.
    package let kernelHeight: Int
    /// Columns of the window.
    package let kernelWidth: Int
    /// Input rows from one window to the next.
    package let strideHeight: Int
    /// Input columns from one window to the next.
    package let strideWidth: Int
    /// Rows of padding above the input.
    package let padTop: Int
    /// Columns of padding left of the input.
    package let padLeft: Int
    /// Rows of the output.
    package let outputHeight: Int
    /// Columns of the output.
    package let outputWidth: Int

    /// Creates a geometry.
    ///
    /// - Precondition: Sizes and strides are at least 1, padding is at least 0 and less than the kernel, and every window
    ///   holds at least one element of the input.
    package init(
        channels: Int,
        height: Int,
        width: Int,
        kernelHeight: Int,
        kernelWidth: Int,
        strideHeight: Int,
        strideWidth: Int,
        padTop: Int,
        padLeft: Int,
        outputHeight: Int,
        outputWidth: Int
    ) {
        precondition(channels > 0 && height > 0 && width > 0 && outputHeight > 0 && outputWidth > 0, "sizes")
        precondition(kernelHeight > 0 && kernelWidth > 0 && strideHeight > 0 && strideWidth > 0, "kernel and stride")
        precondition((0..<kernelHeight).contains(padTop) && (0..<kernelWidth).contains(padLeft), "padding")
        precondition((outputHeight - 1) * strideHeight - padTop < height, "the last row of windows is outside")
        precondition((outputWidth - 1) * strideWidth - padLeft < width, "the last column of windows is outside")
        self.channels = channels
        self.height = height
        self.width = width
        self.kernelHeight = kernelHeight
        self.kernelWidth = kernelWidth
        self.strideHeight = strideHeight
        self.strideWidth = strideWidth
        self.padTop = padTop
        self.padLeft = padLeft
        self.outputHeight = outputHeight
        self.outputWidth = outputWidth
    }

    /// Elements of the input.
    package var inputCount: Int { channels * height * width }

    /// Elements of one output channel.
    package var outputPixels: Int { outputHeight * outputWidth }

    /// Elements under the window in one channel.
    package var kernelCount: Int { kernelHeight * kernelWidth }

    var raw: rec_window {
        rec_window(
            channels: channels,
            height: height,
            width: width,
            kernel_height: kernelHeight,
            kernel_width: kernelWidth,
            stride_height: strideHeight,
            stride_width: strideWidth,
            pad_top: padTop,
            pad_left: padLeft,
            output_height: outputHeight,
            output_width: outputWidth
        )
    }
}
