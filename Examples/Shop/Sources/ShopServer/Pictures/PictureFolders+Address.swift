import RecCore

extension PictureFolders {
    /// The address of a product's picture on this server; `nil` when there is none.
    ///
    /// It carries a version, so that clients may keep the picture for long.
    func address(of product: Product) -> String? {
        guard let name = product.picture, serves(name) else { return nil }
        return "/pictures/\(Self.encoded(product.id.rawValue))?v=\(Self.version(of: name))"
    }

    /// A text as a part of a path.
    private static func encoded(_ text: String) -> String {
        func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                true
            default: false
            }
        }
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        return text.utf8.map { isPlain($0) ? String(UnicodeScalar($0)) : "%" + [$0].hexadecimal }.joined()
    }

    /// A text that differs for pictures of different names.
    static func version(of name: String) -> String {
        // FNV-1a: it is no secret, and computed for each line of an answer.
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
