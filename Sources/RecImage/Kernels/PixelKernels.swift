import CRecKernels

/// Kernels over interleaved 8-bit RGB pictures (H x W x 3, rows without padding) behind checked bounds.
package enum PixelKernels {
    /// Copies pixels along two directions: output pixel (x, y) is source pixel `origin + x * xStep + y * yStep`.
    ///
    /// - Returns: `rows` rows of `columns` pixels.
    package static func remap(
        _ source: borrowing Span<UInt8>,
        origin: Int,
        xStep: Int,
        yStep: Int,
        columns: Int,
        rows: Int
    ) -> [UInt8] {
        precondition(columns > 0 && rows > 0, "empty picture")
        for corner in [0, (columns - 1) * xStep, (rows - 1) * yStep, (columns - 1) * xStep + (rows - 1) * yStep] {
            precondition(origin + corner >= 0 && (origin + corner + 1) * 3 <= source.count, "pixel out of range")
        }
        var result = [UInt8](repeating: 0, count: columns * rows * 3)
        unsafe source.withUnsafeBufferPointer { input in
            unsafe result.withUnsafeMutableBufferPointer { output in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                unsafe rec_remap_rgb8(from, origin, xStep, yStep, to, columns, rows)
            }
        }
        return result
    }

    /// Gathers pixels: output pixel (x, y) is source pixel (`columns[x]`, `rows[y]`), black where either is negative.
    ///
    /// - Returns: `rows.count` rows of `columns.count` pixels.
    package static func gather(
        _ source: borrowing Span<UInt8>,
        width: Int,
        columns: [Int32],
        rows: [Int32]
    ) -> [UInt8] {
        let height = source.count / (3 * max(width, 1))
        precondition(columns.allSatisfy { $0 < width } && rows.allSatisfy { $0 < height }, "pixel out of range")
        var result = [UInt8](repeating: 0, count: columns.count * rows.count * 3)
        unsafe source.withUnsafeBufferPointer { input in
            unsafe result.withUnsafeMutableBufferPointer { output in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                unsafe rec_gather_rgb8(from, width * 3, columns, rows, to, columns.count, rows.count)
            }
        }
        return result
    }

    /// Lays RGBA pixels on a colour, rounded as by Pillow's `Image.alpha_composite`.
    ///
    /// - Parameters:
    ///   - source: Red, green, blue and alpha of each pixel.
    ///   - color: The background.
    ///   - target: Gets three bytes for each pixel, from its start on.
    static func composite(
        _ source: borrowing Span<UInt8>,
        over color: RGBColor,
        into target: inout [UInt8]
    ) {
        let count = source.count / 4
        precondition(source.count.isMultiple(of: 4) && 3 * count <= target.count, "room for the pixels is needed")
        unsafe source.withUnsafeBufferPointer { input in
            unsafe target.withUnsafeMutableBufferPointer { output in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                unsafe rec_composite_rgba8(from, count, [color.red, color.green, color.blue], to)
            }
        }
    }

    /// Converts a picture to three float channels, with one 256-entry table per channel.
    ///
    /// - Parameters:
    ///   - source: The picture, any shape.
    ///   - channels: For each output channel the source channel, 0 to 2.
    ///   - tables: For each output channel the values of the 256 bytes, one channel after another.
    ///   - planes: Gets the output channels (CHW).
    ///   - position: The position of the first number in `planes`.
    package static func planes(
        _ source: borrowing Span<UInt8>,
        channels: [UInt8],
        tables: [Float],
        into planes: inout MutableSpan<Float>,
        at position: Int = 0
    ) {
        precondition(channels.count == 3 && channels.allSatisfy { $0 < 3 }, "three channels are needed")
        precondition(tables.count == 3 * 256 && source.count.isMultiple(of: 3), "three whole tables are needed")
        precondition(position >= 0 && position <= planes.count - source.count, "room for three planes is needed")
        unsafe source.withUnsafeBufferPointer { input in
            unsafe planes.withUnsafeMutableBufferPointer { output in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                unsafe rec_planes_from_rgb8(from, input.count / 3, channels, tables, to + position)
            }
        }
    }
}
