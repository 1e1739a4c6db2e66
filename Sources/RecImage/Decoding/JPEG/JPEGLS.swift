/// JPEG-LS, a format of its own in the segments of JPEG, which libjpeg-turbo does not decode.
enum JPEGLS {
    /// Whether bytes are of this format, by the markers before the first scan.
    static func recognizes(_ bytes: borrowing Span<UInt8>) -> Bool {
        guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] == 0xD8, bytes[2] == 0xFF else { return false }
        var position = 2
        while position + 3 < bytes.count, bytes[position] == 0xFF {
            switch bytes[position + 1] {
            case 0xFF: position += 1
            case 0xF7: return true
            case 0xD0...0xD9: position += 2
            case 0xC4, 0xC8, 0xCC, 0xDB...0xFE: position += 2 + max(2, bytes.uint16(at: position + 2))
            default: return false
            }
        }
        return false
    }
}
