import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore

/// What the server answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        bytes = Array(response.body.readableBytesView)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(bytes))
    }

    /// The code of an error; `nil` for any other answer.
    var code: String? { (try? decoded(as: Fault.self))?.error.code }

    private struct Fault: Decodable {
        let error: Content

        struct Content: Decodable {
            let code: String
            let message: String
        }
    }
}

/// A product in an answer.
struct ProductAnswer: Decodable, Equatable {
    let id: String
    let title: String?
    let picture: String?
    let attributes: [String: [String]]
}

/// A page of products.
struct PageAnswer: Decodable {
    let total: Int
    let results: [ProductAnswer]
}

/// What the products can be filtered by.
struct FacetsAnswer: Decodable {
    let facets: [Facet]

    struct Facet: Decodable {
        let attribute: String
        let values: [Value]
    }

    struct Value: Decodable {
        let value: String
        let count: Int
    }
}

/// A ranking.
struct RankingAnswer: Decodable {
    let results: [Line]

    struct Line: Decodable {
        let rank: Int
        let id: String
        let score: Double
        let image: Double?
        let metadata: Double?
        let title: String?
        let picture: String?
        let parts: [String: Double]?
        let because: String?
    }
}
