import RecCore
import RecImage

/// Decodes binary portable pixmaps (`P6`, 8 bits): a format that the library does not know.
///
/// The header is `P6 WIDTH HEIGHT 255` and one more white space; then there are the rows.
struct PixmapDecoder: PictureDecoder {
    /// How all pictures lie, since the format cannot say it.
    var orientation = Orientation.upright
    /// The scales that are offered; a scaled picture has every second or third pixel.
    var denominators: [Int] = []

    let formatName = "PPM"

    func recognizes(_ bytes: Span<UInt8>) -> Bool {
        bytes[0] == UInt8(ascii: "P") && (bytes.count < 2 || bytes[1] == UInt8(ascii: "6"))
    }

    func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader {
        let (size, start) = try Self.parse(bytes)
        return PictureHeader(
            size: size,
            orientation: orientation,
            denominators: denominators,
            pixelCapacity: (bytes.count - start) / 3
        )
    }

    func decode(_ bytes: Span<UInt8>, plan: CropPlan, damage: DamageHandling, into rows: inout PictureRows) throws {
        let (size, start) = try Self.parse(bytes)
        let stride = 3 * size.width
        for row in plan.rows {
            let first = start + row * plan.denominator * stride
            guard first + stride <= bytes.count else {
                guard damage == .accepted else { throw RecError(.truncatedImage, "the PPM ends at row \(row)") }
                return rows.markDamaged()
            }
            if plan.denominator == 1 {
                try rows.append(bytes, offset: first + 3 * plan.columns.lowerBound, stride: stride, count: 1)
            } else {
                let line = plan.columns.flatMap { column in
                    (0..<3).map { bytes[first + 3 * column * plan.denominator + $0] }
                }
                try rows.append(line.span, offset: 0, stride: line.count, count: 1)
            }
        }
    }

    /// The size, and where the rows start.
    private static func parse(_ bytes: Span<UInt8>) throws -> (size: ImageSize, start: Int) {
        var numbers: [Int] = []
        var position = 2
        while numbers.count < 3 {
            var number: Int?
            guard position < bytes.count else { throw RecError(.truncatedImage, "the PPM ends in its header") }
            position += 1
            while position < bytes.count, case let digit = bytes[position], (0x30...0x39).contains(digit) {
                number = min((number ?? 0) * 10 + Int(digit) - 0x30, 1 << 24)
                position += 1
            }
            guard let number, number > 0 else { throw RecError(.corruptImage, "the PPM lacks a number") }
            numbers.append(number)
        }
        guard numbers[2] == 255 else { throw RecError(.unsupportedImage, "the PPM has not 8 bits") }
        return (ImageSize(width: numbers[0], height: numbers[1]), min(position + 1, bytes.count))
    }

    /// The file of a picture.
    static func encode(_ image: RGBImage) -> [UInt8] {
        Array("P6 \(image.width) \(image.height) 255\n".utf8) + image.pixels
    }
}
