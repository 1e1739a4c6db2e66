internal import CRecKernels
package import RecCompute

/// Resamples an interleaved 8-bit RGB picture whose rows come one after another.
///
/// Two passes, each to 8 bits. Memory holds at most as many rows as the filter is high, so a picture can be resampled
/// within the cache while it is decoded.
package struct RowResampler: ~Copyable {
    /// The order of the passes; it affects the last bit, because the intermediate result has 8 bits.
    package enum Order: Sendable {
        case horizontalFirst
        case verticalFirst
    }

    /// The columns of the picture that are used.
    package var columns: Range<Int> { across.inputs }
    /// The rows of the picture that are used, which are the rows to append.
    package var rows: Range<Int> { down.inputs }

    /// The greatest number of rows filtered before they are combined.
    private static let rowsAtOnce = 16
    /// Bytes at the end of a buffer of rows that vector loads may touch; without them the last pixels take longer.
    static let slack = 64

    private let across: ResamplingAxis
    private let down: ResamplingAxis
    private let order: Order
    private let level: ProcessorLevel

    /// The appended rows that are still needed, before or after the first pass of `order`.
    private var window: [UInt8]
    private let windowStride: Int
    private let windowCapacity: Int
    /// The first row of the window and its number of rows, counted from `rows`' lower bound.
    private var windowStart = 0
    private var windowCount = 0
    /// One combined row, when columns are filtered last.
    private var line: [UInt8]

    private var result: [UInt8]
    private var finishedRows = 0
    private var appendedRows = 0

    /// Creates a resampler.
    ///
    /// - Parameters:
    ///   - across: The filter of the columns.
    ///   - down: The filter of the rows.
    ///   - order: The order of the passes.
    ///   - level: The level of the kernels, for comparison in tests.
    package init(
        across: ResamplingAxis,
        down: ResamplingAxis,
        order: Order = .horizontalFirst,
        level: ProcessorLevel = .best
    ) {
        self.across = across
        self.down = down
        self.order = order
        self.level = level
        windowStride = 3 * (order == .horizontalFirst ? across.count : across.inputs.count)
        windowCapacity = down.longestTaps + Self.rowsAtOnce
        window = [UInt8](repeating: 0, count: windowCapacity * windowStride + Self.slack)
        line = [UInt8](repeating: 0, count: order == .verticalFirst ? windowStride + Self.slack : 0)
        result = [UInt8](repeating: 0, count: 3 * across.count * down.count)
    }

    /// Takes the next rows; those past the last of ``rows`` are ignored.
    ///
    /// - Parameters:
    ///   - pixels: The buffer that holds the rows.
    ///   - offset: The byte of `pixels` where the first of ``columns`` starts in the first of the rows.
    ///   - stride: The bytes from one row to the next.
    ///   - count: The number of rows.
    package mutating func append(_ pixels: borrowing Span<UInt8>, offset: Int, stride: Int, count: Int) {
        let count = min(count, down.inputs.count - appendedRows)
        guard count > 0, !across.inputs.isEmpty else { return }
        precondition(offset >= 0 && stride >= 0, "rows out of range")
        precondition(offset + (count - 1) * stride + 3 * across.inputs.count <= pixels.count, "rows out of range")
        if across.isCopy && down.isCopy {
            copy(pixels, offset: offset, stride: stride, count: count)
            return
        }
        var done = 0
        while done < count {
            makeRoom()
            let batch = min(Self.rowsAtOnce, count - done)
            take(pixels, offset: offset + done * stride, stride: stride, count: batch)
            done += batch
            appendedRows += batch
            combine()
        }
    }

    /// Copies rows that need no filter.
    private mutating func copy(_ pixels: borrowing Span<UInt8>, offset: Int, stride: Int, count: Int) {
        let width = 3 * across.count
        let first = appendedRows
        unsafe result.withUnsafeMutableBufferPointer { result in
            unsafe pixels.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = result.baseAddress else { return }
                for row in 0..<count {
                    unsafe (to + (first + row) * width).update(from: from + offset + row * stride, count: width)
                }
            }
        }
        appendedRows += count
    }

    /// The result, row-major; rows whose input is missing are black.
    package consuming func finish() -> [UInt8] {
        combine()
        return result
    }

    /// The first row that the unfinished part of the result uses.
    private var nextFirst: Int? {
        for row in finishedRows..<down.count where down.counts[row] > 0 { return Int(down.firsts[row]) }
        return nil
    }

    /// Drops unneeded rows from the window when it has no room for the next ones.
    ///
    /// Fewer rows remain than the filter is high; otherwise their output row would be finished.
    private mutating func makeRoom() {
        guard windowCapacity - windowCount < Self.rowsAtOnce else { return }
        let dropped = min((nextFirst ?? appendedRows) - windowStart, windowCount)
        let (start, end) = (dropped * windowStride, windowCount * windowStride)
        unsafe window.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe base.copyMemory(from: base + start, byteCount: end - start)
        }
        windowStart += dropped
        windowCount -= dropped
    }

    /// Adds rows to the window, after the first pass if that is the horizontal one.
    private mutating func take(_ pixels: borrowing Span<UInt8>, offset: Int, stride: Int, count: Int) {
        let place = windowCount * windowStride
        let stored = windowStride
        let width = 3 * across.inputs.count
        let filters = order == .horizontalFirst && !across.isCopy
        let (across, level) = (across, level)
        unsafe window.withUnsafeMutableBufferPointer { window in
            unsafe pixels.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = window.baseAddress else { return }
                if filters {
                    unsafe Self.filter(
                        from + offset,
                        stride: stride,
                        available: source.count - offset,
                        to: to + place,
                        stride: stored,
                        rows: count,
                        by: across,
                        level: level
                    )
                } else {
                    for row in 0..<count {
                        unsafe (to + place + row * stored).update(from: from + offset + row * stride, count: width)
                    }
                }
            }
        }
        windowCount += count
    }

    /// Computes the rows of the result whose input is in the window.
    private mutating func combine() {
        let (across, down, level) = (across, down, level)
        let (windowStart, windowStride, filtersLast) = (windowStart, windowStride, order == .verticalFirst)
        let end = windowStart + windowCount
        var row = finishedRows
        let width = 3 * across.count
        unsafe window.withUnsafeBufferPointer { window in
            unsafe line.withUnsafeMutableBufferPointer { line in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let from = window.baseAddress, let to = result.baseAddress else { return }
                    while row < down.count {
                        let (first, taps) = (Int(down.firsts[row]), Int(down.counts[row]))
                        guard taps == 0 || first + taps <= end else { break }
                        let target = unsafe to + row * width
                        if taps > 0 {
                            let source = unsafe from + (first - windowStart) * windowStride
                            if filtersLast, let combined = line.baseAddress {
                                unsafe Self.combine(
                                    source,
                                    stride: windowStride,
                                    to: combined,
                                    count: windowStride,
                                    row,
                                    of: down,
                                    level: level
                                )
                                unsafe Self.filter(
                                    combined,
                                    stride: windowStride,
                                    available: line.count,
                                    to: target,
                                    stride: width,
                                    rows: 1,
                                    by: across,
                                    level: level
                                )
                            } else {
                                unsafe Self.combine(
                                    source,
                                    stride: windowStride,
                                    to: target,
                                    count: width,
                                    row,
                                    of: down,
                                    level: level
                                )
                            }
                        }
                        row += 1
                    }
                }
            }
        }
        finishedRows = row
    }

    /// The horizontal pass over some rows.
    private static func filter(
        _ source: UnsafePointer<UInt8>,
        stride: Int,
        available: Int,
        to target: UnsafeMutablePointer<UInt8>,
        stride targetStride: Int,
        rows: Int,
        by axis: ResamplingAxis,
        level: ProcessorLevel
    ) {
        unsafe axis.firsts.withUnsafeBufferPointer { firsts in
            unsafe axis.counts.withUnsafeBufferPointer { counts in
                unsafe axis.weights.withUnsafeBufferPointer { weights in
                    let cAxis = unsafe rec_resample_axis(
                        firsts: firsts.baseAddress,
                        counts: counts.baseAddress,
                        weights: weights.baseAddress,
                        weights_stride: axis.weightsStride
                    )
                    unsafe level.kernels.pointee.resample.horizontal(
                        source,
                        stride,
                        available,
                        target,
                        targetStride,
                        rows,
                        axis.count,
                        cAxis
                    )
                }
            }
        }
    }

    /// The vertical pass for one row of the result.
    private static func combine(
        _ source: UnsafePointer<UInt8>,
        stride: Int,
        to target: UnsafeMutablePointer<UInt8>,
        count: Int,
        _ row: Int,
        of axis: ResamplingAxis,
        level: ProcessorLevel
    ) {
        if axis.isCopy {
            unsafe target.update(from: source, count: count)
            return
        }
        unsafe axis.weights.withUnsafeBufferPointer { weights in
            guard let base = weights.baseAddress else { return }
            unsafe level.kernels.pointee.resample.vertical(
                source,
                stride,
                base + row * axis.weightsStride,
                Int(axis.counts[row]),
                target,
                count
            )
        }
    }
}
