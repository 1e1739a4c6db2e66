extension WindowGeometry {
    /// The input in blocks of planes.
    var blockedInput: BlockedShape { BlockedShape(channels: channels, height: height, width: width) }
    /// The output in blocks, of as many planes as the input has.
    var blockedOutput: BlockedShape { BlockedShape(channels: channels, height: outputHeight, width: outputWidth) }
}
