extension WindowGeometry {
    /// The input in blocks of channels.
    var blockedInput: BlockedShape { BlockedShape(channels: channels, height: height, width: width) }
    /// The output in blocks, with as many channels as the input.
    var blockedOutput: BlockedShape { BlockedShape(channels: channels, height: outputHeight, width: outputWidth) }
}
