internal import RecFiles

/// A line of embeddings: an object with a path, and a vector or an error.
struct EmbeddingLine {
    private(set) var path = ""
    private(set) var vector: [Float]?
    private(set) var recipe: String?
    private(set) var code: String?
    private(set) var message: String?

    /// The most numbers of a vector.
    private static let maximumCount = 1 << 20

    /// Reads a line.
    init(_ bytes: Span<UInt8>) throws(JSONObjectScanner.Fault) {
        var scanner = JSONObjectScanner(0..<bytes.count, maximumDepth: 8)
        try scanner.open(bytes)
        var isFirst = true
        var hasPath = false
        while let (name, value) = try scanner.next(bytes, isFirst: isFirst) {
            isFirst = false
            let source = bytes.extracting(value.range)
            switch (JSONText(bytes.extracting(name.range), hasEscapes: name.hasEscapes).text, value.kind) {
            case ("path", .string):
                path = JSONText(source, hasEscapes: value.hasEscapes).text
                hasPath = true
            case ("embedding", .array):
                vector = try Self.vector(value, bytes)
            case ("recipe", .string):
                recipe = JSONText(source, hasEscapes: value.hasEscapes).text
            case ("recipe", .object):
                recipe = source.text
            case ("error", .string):
                message = JSONText(source, hasEscapes: value.hasEscapes).text
            case ("error", .object):
                try readError(value, bytes)
            default: break
            }
        }
        guard hasPath else { throw .init(position: 0, reason: "it has no path") }
    }

    private static func vector(
        _ token: JSONObjectScanner.Token,
        _ bytes: Span<UInt8>
    ) throws(JSONObjectScanner.Fault) -> [Float] {
        var scanner = JSONObjectScanner(token.range, maximumDepth: 8)
        scanner.openArray(bytes)
        var vector: [Float] = []
        while let element = try scanner.nextElement(bytes) {
            guard element.kind == .number, vector.count < maximumCount,
                let number = Float(bytes.extracting(element.range).text)
            else {
                throw .init(
                    position: element.range.lowerBound,
                    reason: "the embedding has an element that is no number"
                )
            }
            vector.append(number)
        }
        return vector
    }

    private mutating func readError(
        _ token: JSONObjectScanner.Token,
        _ bytes: Span<UInt8>
    ) throws(JSONObjectScanner.Fault) {
        var scanner = JSONObjectScanner(token.range, maximumDepth: 8)
        try scanner.open(bytes)
        var isFirst = true
        while let (name, value) = try scanner.next(bytes, isFirst: isFirst) {
            isFirst = false
            guard value.kind == .string else { continue }
            let text = JSONText(bytes.extracting(value.range), hasEscapes: value.hasEscapes).text
            switch bytes.extracting(name.range).text {
            case "code": code = text
            case "message": message = text
            default: break
            }
        }
    }
}
