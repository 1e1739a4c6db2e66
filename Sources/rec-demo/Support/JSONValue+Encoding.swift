extension JSONValue {
    /// A value as it encodes itself, with the fields in that order.
    package init(encoding value: some Encodable) throws {
        self =
            switch value {
            case let number as Double: .number(number)
            case let number as Int: .integer(number)
            case let text as String: .string(text)
            default: try JSONEncoding.Box.encoding(value)
            }
    }
}

/// An encoder into ``JSONValue``.
///
/// Only what answers are made of can be encoded: objects, arrays, texts, numbers and null.
private struct JSONEncoding: Encoder {
    /// A value that is being made; containers of one value share it.
    final class Box {
        var value: JSONValue = .null
        var fields: [(String, Box)]?
        var elements: [Box]?

        var finished: JSONValue {
            if let fields { return .object(fields.map { ($0.0, $0.1.finished) }) }
            if let elements { return .array(elements.map(\.finished)) }
            return value
        }

        static func encoding(_ value: some Encodable) throws -> JSONValue {
            let box = Box()
            try value.encode(to: JSONEncoding(box: box))
            return box.finished
        }
    }

    let box: Box
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        box.fields = box.fields ?? []
        return KeyedEncodingContainer(Fields<Key>(box: box))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        box.elements = box.elements ?? []
        return Elements(box: box)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(box: box) }

    struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let box: Box
        var codingPath: [any CodingKey] { [] }

        private func added(_ key: Key, _ value: JSONValue = .null) -> Box {
            let field = Box()
            field.value = value
            box.fields?.append((key.stringValue, field))
            return field
        }

        func encodeNil(forKey key: Key) { _ = added(key) }
        func encode(_ value: some Encodable, forKey key: Key) throws { _ = added(key, try JSONValue(encoding: value)) }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) -> KeyedEncodingContainer<Nested> { JSONEncoding(box: added(key)).container(keyedBy: type) }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            JSONEncoding(box: added(key)).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { JSONEncoding(box: box) }
        func superEncoder(forKey key: Key) -> any Encoder { JSONEncoding(box: added(key)) }
    }

    struct Elements: UnkeyedEncodingContainer {
        let box: Box
        var codingPath: [any CodingKey] { [] }
        var count: Int { box.elements?.count ?? 0 }

        private func added(_ value: JSONValue = .null) -> Box {
            let element = Box()
            element.value = value
            box.elements?.append(element)
            return element
        }

        func encodeNil() { _ = added() }
        func encode(_ value: some Encodable) throws { _ = added(try JSONValue(encoding: value)) }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            JSONEncoding(box: added()).container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { JSONEncoding(box: added()).unkeyedContainer() }
        func superEncoder() -> any Encoder { JSONEncoding(box: added()) }
    }

    struct Single: SingleValueEncodingContainer {
        let box: Box
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { box.value = .null }
        func encode(_ value: some Encodable) throws { box.value = try JSONValue(encoding: value) }
    }
}
