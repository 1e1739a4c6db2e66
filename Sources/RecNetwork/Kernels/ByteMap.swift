/// Maps of bytes in memory for floats: [row][column][channel], channels filled up to a multiple of 16.
enum ByteMap {
    /// Floats that a map takes the place of.
    static func count(_ shape: BlockedShape) -> Int {
        shape.pixels * ChannelsLastGeometry.pitch(shape.channels) / MemoryLayout<Float>.stride
    }

    @unsafe
    static func bytes(_ map: UnsafePointer<Float>) -> UnsafePointer<UInt8> {
        unsafe UnsafeRawPointer(map).assumingMemoryBound(to: UInt8.self)
    }

    @unsafe
    static func bytes(_ map: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<UInt8> {
        unsafe UnsafeMutableRawPointer(map).assumingMemoryBound(to: UInt8.self)
    }
}
