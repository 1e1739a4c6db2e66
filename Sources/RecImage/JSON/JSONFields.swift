internal import RecNetwork

/// The fields of a JSON object in a file beside weights; an error about a field names it.
struct JSONFields {
    /// What is wrong, in words, with the name of the field.
    struct Problem: Error {
        let text: String

        init(_ text: String) {
            self.text = text
        }
    }

    private let json: StrictJSON

    init(_ json: StrictJSON) {
        self.json = json
    }

    /// The object of a field; an empty one when the field is missing.
    func object(_ name: String) -> JSONFields { JSONFields(value(name) ?? .object([])) }

    /// The value of a field; `nil` when it is missing or null.
    func value(_ name: String) -> StrictJSON? {
        guard let value = json[name] else { return nil }
        if case .null = value { return nil }
        return value
    }

    func string(_ name: String) throws(Problem) -> String? { try read(name, "a string", \.string) }

    func boolean(_ name: String) throws(Problem) -> Bool? { try read(name, "true or false", \.boolean) }

    func integer(_ name: String) throws(Problem) -> Int? { try read(name, "a whole number", \.integer) }

    func number(_ name: String) throws(Problem) -> Double? {
        try read(name, "a finite number") { json in json.number.flatMap { $0.isFinite ? $0 : nil } }
    }

    /// A truth value that must be the expected one, where the field is there.
    func require(_ name: String, _ expected: Bool) throws(Problem) {
        guard let value = try boolean(name), value != expected else { return }
        throw Problem("\(name) is \(value)")
    }

    /// The converted value of a field; `nil` when it is missing or null.
    func read<Value>(
        _ name: String,
        _ kind: String,
        _ convert: (StrictJSON) -> Value?
    ) throws(Problem) -> Value? {
        guard let value = value(name) else { return nil }
        guard let converted = convert(value) else { throw Problem("\(name) must be \(kind)") }
        return converted
    }
}
