import Foundation
import Hummingbird
import RecCore

/// The parameters of an address, read strictly: what cannot be understood is an error and not ignored.
struct QueryParameters {
    /// The greatest number of parameters.
    private static let most = 200

    /// The names that do not mean attributes.
    static let reserved: Set = ["count", "offset", "imageWeight", "explain"]

    private let pairs: [(name: String, value: String)]

    /// Reads the query of a request.
    ///
    /// - Throws: `ShopError` for text that is not percent-encoded UTF-8, or too many parameters.
    init(_ request: Request) throws {
        let parts = (request.uri.query ?? "").split(separator: "&", omittingEmptySubsequences: true)
        guard parts.count <= Self.most else {
            throw ShopError.invalidRequest("There are more than \(Self.most) parameters.")
        }
        pairs = try parts.map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (try Self.decoded(sides[0]), sides.count > 1 ? try Self.decoded(sides[1]) : "")
        }
    }

    private static func decoded(_ encoded: Substring) throws -> String {
        guard let text = encoded.replacing("+", with: " ").removingPercentEncoding else {
            throw ShopError.invalidRequest("The query is not percent-encoded UTF-8.")
        }
        return text
    }

    /// The one value of a parameter; `nil` when it is absent.
    func text(_ name: String) throws -> String? {
        let values = pairs.filter { $0.name == name }
        guard values.count <= 1 else { throw ShopError.invalidRequest("Give '\(name)' at most once.") }
        return values.first?.value
    }

    /// A whole number in a range; a default when it is absent.
    func number(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Int {
        guard let text = try self.text(name) else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw ShopError.invalidRequest(
                "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }

    /// `true` or `false`; `false` when it is absent.
    func flag(_ name: String) throws -> Bool {
        switch try self.text(name) {
        case nil, "false": return false
        case "true": return true
        default: throw ShopError.invalidRequest("'\(name)' must be true or false.")
        }
    }

    /// The place of a page in a ranking.
    func page() throws -> (offset: Int, count: Int) {
        let count = try number("count", in: 0...1000, default: 10)
        return (try number("offset", in: 0...(10_000 - count), default: 0), count)
    }

    /// How embeddings are compared: by the share of the picture in `imageWeight`.
    func weighting() throws -> Weighting {
        guard let text = try self.text("imageWeight") else { return .standard }
        guard let share = Double(text), (0...1).contains(share) else {
            throw ShopError.invalidRequest("'imageWeight' must be a number from 0 to 1.")
        }
        return Weighting(try BlockWeights(image: share))
    }

    /// A product matches when it has one of the values of each attribute; `nil` without attributes.
    func filter() throws -> AttributeFilter? {
        var values: [String: [String]] = [:]
        for (name, value) in pairs where !Self.reserved.contains(name) {
            guard !name.isEmpty else { throw ShopError.invalidRequest("A parameter has no name.") }
            values[name, default: []].append(value)
        }
        guard !values.isEmpty else { return nil }
        return .all(values.sorted { $0.key < $1.key }.map { .has($0.key, anyOf: AttributeValues($0.value)) })
    }
}
