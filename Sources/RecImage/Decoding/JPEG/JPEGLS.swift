/// The kind of compression in a file that begins as JPEG does.
enum JPEGVariant {
    /// What libjpeg-turbo knows, or at least gives its own error for.
    case common
    /// JPEG-LS, another format in the same segments.
    case nearLossless

    /// Looks at the markers before the first scan; `nil` when bytes do not begin as JPEG.
    init?(_ bytes: borrowing Span<UInt8>) {
        guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] == 0xD8, bytes[2] == 0xFF else { return nil }
        var position = 2
        while position + 3 < bytes.count, bytes[position] == 0xFF {
            switch bytes[position + 1] {
            case 0xFF:
                position += 1
            case 0xF7:
                self = .nearLossless
                return
            case 0xD0...0xD9:
                position += 2
            case 0xC4, 0xC8, 0xCC, 0xDB...0xFE:
                position += 2 + max(2, Int(bytes[position + 2]) << 8 | Int(bytes[position + 3]))
            default:
                self = .common
                return
            }
        }
        self = .common
    }
}
