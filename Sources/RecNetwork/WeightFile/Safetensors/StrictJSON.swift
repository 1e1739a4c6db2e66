/// A JSON value that keeps the order of object members.
enum StrictJSON: Sendable {
    case object([(name: String, value: StrictJSON)])
    case array([StrictJSON])
    case string(String)
    case integer(Int)
    case other

    /// The members, when this is an object.
    var members: [(name: String, value: StrictJSON)]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The text, when this is a string.
    var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The integers, when this is an array of nothing else.
    var integers: [Int]? {
        guard case .array(let elements) = self else { return nil }
        var result: [Int] = []
        for element in elements {
            guard case .integer(let value) = element else { return nil }
            result.append(value)
        }
        return result
    }
}
