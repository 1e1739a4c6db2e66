/// A body of type `multipart/form-data`.
struct Form {
    var boundary = "boundary-of-the-tests"
    var parts: [(name: String, content: [UInt8])] = []

    /// Attributes in JSON and, if there is one, a picture.
    init(attributes json: String, picture: [UInt8]? = nil, title: String? = nil) {
        parts.append(("attributes", Array(json.utf8)))
        if let title { parts.append(("title", Array(title.utf8))) }
        if let picture { parts.append(("picture", picture)) }
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\"\r\n\r\n".utf8
            bytes += part.content + Array("\r\n".utf8)
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }
}
