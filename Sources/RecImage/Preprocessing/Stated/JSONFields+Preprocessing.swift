internal import RecNetwork

/// The fields that state a preprocessing.
extension JSONFields {
    private static let greatestSide = 4096

    /// One number for each channel; a single one counts for all.
    func channels(_ name: String) throws(Problem) -> [Float]? {
        try read(name, "three finite numbers") { json in
            let numbers = json.numbers ?? json.number.map { [$0, $0, $0] } ?? []
            let rounded = numbers.map { Float($0) }
            return rounded.count == 3 && rounded.allSatisfy(\.isFinite) ? rounded : nil
        }
    }

    /// One divisor for each channel.
    func divisors(_ name: String) throws(Problem) -> [Float]? {
        guard let divisors = try channels(name) else { return nil }
        guard !divisors.contains(0) else { throw Problem("\(name) holds a zero") }
        return divisors
    }

    /// A fraction from 0.01 to 1.
    func fraction(_ name: String) throws(Problem) -> Double? {
        guard let fraction = try number(name) else { return nil }
        guard (0.01...1).contains(fraction) else { throw Problem("\(name) is \(fraction), not from 0.01 to 1") }
        return fraction
    }

    /// A side of the network's input.
    static func side(_ side: Int, of name: String) throws(Problem) -> Int {
        guard (1...greatestSide).contains(side) else {
            throw Problem("\(name) has a side of \(side), not from 1 to \(greatestSide)")
        }
        return side
    }

    /// A side for resizing.
    static func scaled(_ side: Int, by divisor: Double, of name: String) throws(Problem) -> Int {
        let scaled = Double(side) / divisor
        guard scaled < 65_537 else { throw Problem("\(name) resizes to a side beyond 65,536") }
        return Int(scaled)
    }
}
