#if PNG
import CRecPNG
internal import RecCore

/// A PNG in decoding by libpng; valid only while its bytes are borrowed.
@safe
struct PNGReader: ~Copyable {
    private let handle: OpaquePointer
    private let file: PNGFile
    private let hasAlpha: Bool

    /// Opens the pixels of a file, and calls `body` with the reader.
    ///
    /// - Throws: `RecError` with code `imageTooLarge` when memory is short, or the error of `body`.
    static func read<Value>(
        _ bytes: Span<UInt8>,
        _ file: PNGFile,
        _ body: (borrowing PNGReader) throws -> Value
    ) throws -> Value {
        let colors = PNGColors(file)
        var picture = rec_png_picture(file.header, colors)
        return try unsafe bytes.withUnsafeBufferPointer { buffer in
            let handle = unsafe rec_png_open(buffer.baseAddress, buffer.count, &picture, file.data, file.dataSize)
            guard let handle = unsafe handle else {
                throw PictureFault("PNG").outOfMemory
            }
            return try body(unsafe PNGReader(handle: handle, file: file, hasAlpha: colors.hasAlpha))
        }
    }

    private init(handle: OpaquePointer, file: PNGFile, hasAlpha: Bool) {
        unsafe self.handle = handle
        self.file = file
        self.hasAlpha = hasAlpha
    }

    deinit { unsafe rec_png_close(handle) }

    /// Decodes the rows of a plan; call it once.
    ///
    /// - Throws: The fault of the data.
    func decode(_ plan: CropPlan, damage: DamageHandling, into target: inout PictureRows) throws {
        precondition(plan.fullSize == file.header.size && plan.denominator == 1, "the plan is for another picture")
        let height = plan.fullSize.height
        let channels = hasAlpha ? 4 : 3
        var status = unsafe rec_png_start(handle, UInt32(plan.rows.lowerBound), UInt32(plan.rows.upperBound))
        if status != REC_PNG_OK {
            if damage == .refused { throw fault(status, "before its last pass") }
            target.markDamaged()
        }
        var row = [UInt8](repeating: 0, count: plan.columns.count * channels + RowResampler.slack)
        // The rows of an interlaced picture are here already.
        let isInterlaced = file.header.isInterlaced
        let first = isInterlaced ? plan.rows.lowerBound : 0
        let end = !isInterlaced && (plan.readsToEnd || file.isCut) ? height : plan.rows.upperBound
        for y in first..<end {
            let isPart = plan.rows.contains(y)
            status = isPart ? read(into: &row, plan.columns) : unsafe rec_png_read_row(handle, nil, 0, 0)
            if status != REC_PNG_OK {
                if damage == .refused { throw fault(status, "at row \(y) of \(height)") }
                target.markDamaged()
                return
            }
            if isPart { try target.append(row.span, offset: 0, stride: 0, count: 1, hasAlpha: hasAlpha) }
        }
        if unsafe rec_png_is_damaged(handle) {
            if damage == .refused { throw fault(REC_PNG_CORRUPT, "after its last row") }
            target.markDamaged()
        }
    }

    /// Reads the next row.
    private func read(into row: inout [UInt8], _ columns: Range<Int>) -> rec_png_status {
        unsafe row.withUnsafeMutableBufferPointer { buffer in
            unsafe rec_png_read_row(handle, buffer.baseAddress, columns.lowerBound, columns.count)
        }
    }

    private func fault(_ status: rec_png_status, _ position: String) -> RecError {
        let fault = PictureFault("PNG", words: unsafe String(cString: rec_png_message(handle)))
        return switch status {
        case REC_PNG_TRUNCATED: fault.truncated(position)
        case REC_PNG_OUT_OF_MEMORY: fault.outOfMemory
        default: fault.corrupt(position)
        }
    }
}

extension rec_png_picture {
    /// What libpng has to know of a file, and how samples become pixels.
    fileprivate init(_ header: PNGHeader, _ colors: PNGColors) {
        self.init()
        width = UInt32(header.size.width)
        height = UInt32(header.size.height)
        bit_depth = header.bitDepth
        color_type = header.colorType.rawValue
        is_interlaced = header.isInterlaced
        has_alpha = colors.hasAlpha
        has_key = colors.key != nil
        if let bytes = colors.key { key = (bytes[0], bytes[1], bytes[2]) }
        unsafe withUnsafeMutableBytes(of: &self.colors) { unsafe $0.copyBytes(from: colors.table) }
    }
}
#endif
