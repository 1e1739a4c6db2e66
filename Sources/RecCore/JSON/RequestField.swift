/// Reads the fields of a client's request, with errors that name the field.
///
/// Decoding errors become ``RecError`` with code `invalidQuery`, so that a host answers an invalid field like every
/// other error. Only text that is not JSON throws an error of the decoder.
struct RequestObject {
    let container: KeyedDecodingContainer<JSONKey>

    init(_ decoder: any Decoder, expecting: String) throws {
        container = try invalidQuery(decoder.codingPath, expecting) { try decoder.container(keyedBy: JSONKey.self) }
    }

    /// A field; `nil` when it is absent or null.
    func value<Value: Decodable>(_ name: String, _ expecting: String, as: Value.Type = Value.self) throws -> Value? {
        try invalidQuery(container.codingPath + [JSONKey(name)], expecting) {
            try container.decodeIfPresent(Value.self, forKey: JSONKey(name))
        }
    }

    /// A number in a range; `nil` when it is absent or null.
    func number<Number: Comparable & Decodable>(
        _ name: String,
        in range: ClosedRange<Number>,
        _ kind: String
    ) throws -> Number? {
        let expecting = "\(kind) from \(range.lowerBound) to \(range.upperBound)"
        guard let number: Number = try value(name, expecting) else { return nil }
        guard range.contains(number) else { throw self.error(name, "must be \(expecting)") }
        return number
    }

    /// Seconds as a duration; `nil` when it is absent or null.
    func duration(_ name: String) throws -> Duration? {
        try number(name, in: 0...RequestLimits.seconds, "a number of seconds").map { .seconds($0) }
    }

    /// A list of at most so many elements; `nil` when it is absent or null.
    func list<Element: Decodable>(_ name: String, of elements: String, most: Int) throws -> [Element]? {
        let key = JSONKey(name)
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
        let expecting = "a list of \(elements)"
        let list = try invalidQuery(container.codingPath + [key], expecting) {
            try container.nestedUnkeyedContainer(forKey: key)
        }
        return try elementsOf(list, expecting, most: most)
    }

    /// The error that a field is wrong.
    func error(_ name: String, _ fault: String) -> RecError {
        RecError(.invalidQuery, "'\(fieldPath(container.codingPath + [JSONKey(name)]))' \(fault).")
    }
}

/// The elements of a list of limited length; a longer list throws before its elements are read.
func elementsOf<Element: Decodable>(
    _ list: consuming any UnkeyedDecodingContainer,
    _ expecting: String,
    most: Int
) throws -> [Element] {
    var list = list
    let path = list.codingPath
    func requireRoom(_ count: Int) throws(RecError) {
        guard count > most else { return }
        throw RecError(.invalidQuery, "'\(fieldPath(path))' must not have more than \(most) elements.")
    }
    try requireRoom(list.count ?? 0)
    var elements: [Element] = []
    while !list.isAtEnd {
        elements.append(try invalidQuery(path, expecting) { try list.decode(Element.self) })
        try requireRoom(elements.count)
    }
    return elements
}

/// Runs `body`; its decoding errors become errors that name the field and the expected value.
func invalidQuery<Value>(
    _ path: [any CodingKey],
    _ expecting: String,
    _ body: () throws -> Value
) throws -> Value {
    do {
        return try body()
    } catch let error as RecError {
        throw error
    } catch {
        // Decoders have errors of their own besides, as for a number that does not fit.
        let deeper = (error as? DecodingError)?.codingPath ?? []
        let place = deeper.count > path.count ? deeper : path
        let subject = place.isEmpty ? "The request" : "'\(fieldPath(place))'"
        throw RecError(.invalidQuery, "\(subject) is not as it must be: \(expecting).")
    }
}

extension DecodingError {
    fileprivate var codingPath: [any CodingKey] {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }
}

/// A path as a client would write it: `likes[2].weight`.
func fieldPath(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
        if let index = key.intValue {
            text += "[\(index)]"
        } else {
            text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
        }
    }
}
