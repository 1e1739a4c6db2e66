/// The shape of a feature map in blocks of 8 channels, `[block][row][column][8]`; lanes beyond the last channel are
/// zero.
package struct BlockedShape: Sendable, Hashable {
    /// Channels in a block.
    package static let lanes = 8

    /// Channels in a panel of packed weights: two blocks.
    package static let panel = 2 * lanes

    /// Channels.
    package let channels: Int
    /// Rows.
    package let height: Int
    /// Columns.
    package let width: Int

    /// Creates a shape.
    package init(channels: Int, height: Int, width: Int) {
        precondition(channels > 0 && height > 0 && width > 0, "sizes")
        self.channels = channels
        self.height = height
        self.width = width
    }

    /// Blocks, the last of which may have unused lanes.
    package var blocks: Int { (channels + Self.lanes - 1) / Self.lanes }

    /// Panels of weights for these channels; the last may have one block.
    package var panels: Int { (channels + Self.panel - 1) / Self.panel }

    /// Pixels of a channel.
    package var pixels: Int { height * width }

    /// Floats of one block.
    package var blockCount: Int { pixels * Self.lanes }

    /// Floats of one image.
    package var count: Int { blocks * blockCount }
}
