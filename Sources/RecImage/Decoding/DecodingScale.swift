/// At what scale a picture is decoded.
package enum DecodingScale: Sendable, Hashable {
    /// All pixels, exactly.
    case full

    /// At a reduced scale when the picture is going to be shrunk anyway and its decoder can.
    ///
    /// Takes the smallest of the decoder's scales that leaves the short side at least twice `shortSide`, or the full
    /// size if none does. How near that stays was measured on 100 JPEG product photographs of 1800x2400, at 1/2 and 1/4:
    /// after resizing to a short side of 256, at least 53 dB PSNR from the exact pixels; embeddings of
    /// EfficientNet-Lite0 1 - cosine 3e-4 on average, 7e-4 at most. Pictures of fine noise are further off.
    case reduced(shortSide: Int)

    /// What to divide the sides of a picture by.
    func denominator(for header: PictureHeader) -> Int {
        guard case .reduced(let shortSide) = self else { return 1 }
        let enough = 2 * max(shortSide, 1)
        let sufficient = header.denominators.filter { $0 > 0 && header.size.divided(by: $0).shortSide >= enough }
        return sufficient.max() ?? 1
    }
}
