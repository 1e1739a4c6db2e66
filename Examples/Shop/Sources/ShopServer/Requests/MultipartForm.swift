import NIOCore

/// The parts of a body of type `multipart/form-data` (RFC 7578), read strictly.
///
/// The body is in memory already, so memory is bounded by its size; everything else has a limit here.
struct MultipartForm {
    /// The parts by name.
    private(set) var parts: [String: [UInt8]] = [:]

    private static let mostParts = 8
    private static let longestHeader = 4096

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - contentType: The field `Content-Type` with the boundary.
    ///   - names: The names that parts may have, each at most once.
    /// - Throws: `ShopError` for anything that is not as the standard says.
    init(_ body: ByteBuffer, contentType: String, names: Set<String>) throws {
        guard let boundary = Self.boundary(in: contentType) else {
            throw ShopError.invalidRequest("The Content-Type has no boundary of 1 to 70 characters.")
        }
        var reader = Reader(bytes: Array(body.readableBytesView))
        let mark = Array("--\(boundary)".utf8)
        guard reader.skip(mark) else { throw Self.malformed("it does not begin with its boundary") }
        while !reader.skip(Array("--".utf8)) {
            guard reader.skip(Self.lineEnd) else { throw Self.malformed("a boundary is not followed by a line end") }
            guard parts.count < Self.mostParts else { throw Self.malformed("it has more than \(Self.mostParts) parts") }
            let name = try Self.name(in: try Self.header(&reader))
            guard names.contains(name) else {
                throw Self.malformed("it has a part that is none of \(names.sorted().joined(separator: ", "))")
            }
            guard parts[name] == nil else { throw Self.malformed("it has two parts '\(name)'") }
            guard let content = reader.read(until: Self.lineEnd + mark) else {
                throw Self.malformed("it ends before its last boundary")
            }
            parts[name] = content
        }
        // A line end may follow, and text that is to be ignored.
        guard reader.isAtEnd || reader.skip(Self.lineEnd) else {
            throw Self.malformed("its last boundary has no line end")
        }
    }

    private static let lineEnd: [UInt8] = [13, 10]

    private static func malformed(_ reason: String) -> ShopError {
        .invalidRequest("The body is not multipart/form-data: \(reason).")
    }

    /// The lines before the content of a part.
    private static func header(_ reader: inout Reader) throws -> [String] {
        var lines: [String] = []
        var length = 0
        while !reader.skip(lineEnd) {
            guard let line = reader.read(until: lineEnd, within: longestHeader - length) else {
                throw malformed("the header of a part is longer than \(longestHeader) bytes, or has no end")
            }
            guard let text = String(validating: line, as: UTF8.self) else { throw malformed("a header is not UTF-8") }
            length += line.count + 2
            lines.append(text)
        }
        return lines
    }

    /// The name in the line `Content-Disposition: form-data; name="picture"; filename="shirt.jpg"`.
    private static func name(in header: [String]) throws -> String {
        let field = "content-disposition:"
        guard let line = header.first(where: { $0.lowercased().hasPrefix(field) }),
            case let parameters = line.dropFirst(field.count).split(separator: ";").map(\.trimmingBlanks),
            parameters.first?.lowercased() == "form-data",
            let name = parameters.first(where: { $0.lowercased().hasPrefix("name=") })
        else { throw malformed("a part has no Content-Disposition with a name") }
        return unquoted(name.dropFirst("name=".count))
    }

    private static func unquoted(_ text: Substring) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
            ? String(text.dropFirst().dropLast()) : String(text)
    }

    private static func boundary(in contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst().map(\.trimmingBlanks)
        where parameter.lowercased().hasPrefix("boundary=") {
            let boundary = unquoted(parameter.dropFirst("boundary=".count))
            let isValid = boundary.utf8.allSatisfy { (33...126).contains($0) || $0 == 32 } && !boundary.hasSuffix(" ")
            return isValid && (1...70).contains(boundary.utf8.count) ? boundary : nil
        }
        return nil
    }
}

/// Reads bytes from the first to the last.
private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// Passes these bytes, if they come next.
    mutating func skip(_ wanted: [UInt8]) -> Bool {
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    /// The bytes before a mark, which is passed; `nil` when it does not come within the limit.
    mutating func read(until mark: [UInt8], within limit: Int = .max) -> [UInt8]? {
        let last = bytes.count - mark.count
        var place = position
        while place <= last, place - position <= limit {
            guard let next = bytes[place...].firstIndex(of: mark[0]) else { return nil }
            if bytes[next...].starts(with: mark) {
                guard next - position <= limit else { return nil }
                defer { position = next + mark.count }
                return Array(bytes[position..<next])
            }
            place = next + 1
        }
        return nil
    }
}
