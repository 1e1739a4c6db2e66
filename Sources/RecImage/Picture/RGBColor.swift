/// A colour: 8 bits per channel, usually sRGB.
public struct RGBColor: Sendable, Hashable, CustomStringConvertible {
    /// The channels.
    package let red, green, blue: UInt8

    /// Creates a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// White.
    package static let white = RGBColor(red: 255, green: 255, blue: 255)

    /// Six hexadecimal digits, as `#ffffff`.
    public var description: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads a ``description``, upper or lower case; `nil` for any other text.
    package init?(_ description: String) {
        let digits = description.utf8.dropFirst().map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard description.utf8.first == UInt8(ascii: "#"), digits.count == 6, !digits.contains(nil) else { return nil }
        let values = digits.map { UInt8($0 ?? 0) }
        self.init(
            red: values[0] << 4 | values[1],
            green: values[2] << 4 | values[3],
            blue: values[4] << 4 | values[5]
        )
    }
}
