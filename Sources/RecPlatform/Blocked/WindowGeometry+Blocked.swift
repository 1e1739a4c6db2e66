internal import CRecKernels

extension WindowGeometry {
    /// The window over one plane.
    var plane: rec_plane_window {
        rec_plane_window(
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

    var blockedInput: BlockedShape { BlockedShape(channels: channels, height: height, width: width) }
    var blockedOutput: BlockedShape { BlockedShape(channels: channels, height: outputHeight, width: outputWidth) }
}
