internal import RecNetwork

/// The fields of an object in a file that states a preprocessing; what is wrong with one names it.
struct StatedFields {
    /// What is wrong, in words, with the name of the field.
    struct Problem: Error {
        let text: String

        init(_ text: String) {
            self.text = text
        }
    }

    private static let greatestSide = 4096

    private let json: StrictJSON

    init(_ json: StrictJSON) {
        self.json = json
    }

    /// The object of a field; an empty one when the field is missing.
    func object(_ name: String) -> StatedFields { StatedFields(value(name) ?? .object([])) }

    /// The value of a field; `nil` when it is missing or null.
    func value(_ name: String) -> StrictJSON? {
        guard let value = json[name] else { return nil }
        if case .null = value { return nil }
        return value
    }

    func string(_ name: String) throws(Problem) -> String? { try read(name, "a text", \.string) }

    func boolean(_ name: String) throws(Problem) -> Bool? { try read(name, "true or false", \.boolean) }

    func integer(_ name: String) throws(Problem) -> Int? { try read(name, "a whole number", \.integer) }

    func number(_ name: String) throws(Problem) -> Double? {
        try read(name, "a finite number") { json in json.number.flatMap { $0.isFinite ? $0 : nil } }
    }

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

    /// A number that must have one value.
    func require(_ name: String, _ expected: Bool) throws(Problem) {
        guard let value = try boolean(name), value != expected else { return }
        throw Problem("\(name) is \(value)")
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

    private func read<Value>(
        _ name: String,
        _ kind: String,
        _ convert: (StrictJSON) -> Value?
    ) throws(Problem) -> Value? {
        guard let value = value(name) else { return nil }
        guard let converted = convert(value) else { throw Problem("\(name) must be \(kind)") }
        return converted
    }
}
