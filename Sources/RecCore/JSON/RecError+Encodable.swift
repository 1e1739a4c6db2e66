extension RecError: Encodable {
    /// Encodes the name of the code and the message: `{"code": "unknown-product", "message": "..."}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        try container.encode(code.name, forKey: JSONKey("code"))
        try container.encode(message, forKey: JSONKey("message"))
    }
}
