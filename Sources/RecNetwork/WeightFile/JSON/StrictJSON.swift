/// A JSON value that keeps the order of object members.
package enum StrictJSON: Sendable {
    case object([(name: String, value: StrictJSON)])
    case array([StrictJSON])
    case string(String)
    case integer(Int)
    case real(Double)
    case boolean(Bool)
    case null

    /// The members, when this is an object.
    package var members: [(name: String, value: StrictJSON)]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The value of a member, when this is an object that has it.
    package subscript(name: String) -> StrictJSON? { members?.first { $0.name == name }?.value }

    /// The truth value, when this is one.
    package var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

    /// The integer, when this is one.
    package var integer: Int? { if case .integer(let value) = self { value } else { nil } }

    /// The number, when this is one.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }

    /// The numbers, when this is an array of nothing else.
    package var numbers: [Double]? {
        guard case .array(let elements) = self else { return nil }
        let numbers = elements.compactMap(\.number)
        return numbers.count == elements.count ? numbers : nil
    }

    /// The text, when this is a string.
    package var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The integers, when this is an array of nothing else.
    package var integers: [Int]? {
        guard case .array(let elements) = self else { return nil }
        var result: [Int] = []
        for element in elements {
            guard case .integer(let value) = element else { return nil }
            result.append(value)
        }
        return result
    }
}
