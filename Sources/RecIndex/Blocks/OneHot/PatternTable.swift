internal import RecCore

/// Different code lists of one space, numbered in the order of their arrival.
struct PatternTable {
    /// The lists by number.
    private(set) var patterns: [AttributeCodes] = []

    private var numbers: [[UInt32]: UInt32] = [:]

    /// The number of a list, a new one if it was not seen before.
    mutating func number(of codes: AttributeCodes) -> UInt32 {
        if let number = numbers[codes.columns] { return number }
        let number = UInt32(patterns.count)
        numbers[codes.columns] = number
        patterns.append(codes)
        return number
    }
}
