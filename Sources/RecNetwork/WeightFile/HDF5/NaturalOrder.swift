/// Orders names the way people count: "vars/2" before "vars/10", "conv2d" before "conv2d_1".
enum NaturalOrder {
    /// Whether a name comes before another; runs of digits compare by value, all else by bytes.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var (a, b) = (Substring(left).utf8, Substring(right).utf8)
        while let x = a.first, let y = b.first {
            if isDigit(x), isDigit(y) {
                let (m, n) = (number(&a), number(&b))
                if m.count != n.count { return m.count < n.count }
                if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
            } else if x != y {
                return x < y
            } else {
                a.removeFirst()
                b.removeFirst()
            }
        }
        return a.isEmpty == b.isEmpty ? left.utf8.lexicographicallyPrecedes(right.utf8) : a.isEmpty
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Takes a run of digits and gives those after leading zeros.
    private static func number(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = text.prefix(while: isDigit)
        text = text.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }
}
