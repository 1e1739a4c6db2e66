extension RGBImage {
    /// The picture at another size, byte for byte as Pillow's `Image.resize` gives it.
    ///
    /// - Parameters:
    ///   - size: The new size; the picture is stretched to it.
    ///   - filter: The resampling filter; all but `nearest` average when shrinking.
    /// - Returns: A picture of `size`.
    /// - Precondition: Both new sides are positive.
    /// - Complexity: Proportional to the pixels read and written times the support of the filter.
    package func resized(to size: ImageSize, using filter: Resampling = .bicubic) -> RGBImage {
        Resizer(source: self.size, target: size, filter: filter).resize(self)
    }

    /// The picture shrunk so that its longer side is at most `longSide`; unchanged when it already is.
    ///
    /// The other side keeps the proportion, rounded to whole pixels.
    ///
    /// - Precondition: `longSide` is positive.
    package func thumbnail(longSide: Int, using filter: Resampling = .bicubic) -> RGBImage {
        precondition(longSide > 0, "a thumbnail has at least one pixel")
        let longest = max(width, height)
        guard longest > longSide else { return self }
        let scale = Double(longSide) / Double(longest)
        func scaled(_ side: Int) -> Int { max(1, Int((Double(side) * scale).rounded())) }
        return resized(to: ImageSize(width: scaled(width), height: scaled(height)), using: filter)
    }
}
