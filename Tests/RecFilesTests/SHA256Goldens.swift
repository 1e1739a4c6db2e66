import Foundation
import RecFiles
import Testing

/// NIST's vectors and digests by Python's hashlib: written by `Scripts/goldens/sha_256.py`.
struct SHA256Goldens: Decodable {
    struct Example: Decodable, Sendable, CustomTestStringConvertible {
        let text: String
        let count: Int
        let digest: String

        var testDescription: String { "\(count) times '\(text)'" }
    }

    struct Message: Decodable, Sendable {
        let message: Data
        let digest: String
    }

    struct MonteCarlo: Decodable, Sendable {
        let seed: String
        let digests: [String]
    }

    let examples: [Example]
    let short: [Message]
    let long: [Message]
    let monteCarlo: MonteCarlo

    static func published() throws -> SHA256Goldens { try load("published") }

    /// The digests of the first 0 to 300 bytes of ``sequence``.
    static func lengths() throws -> [String] { try load("lengths") }

    static let sequence = (0..<300).map { UInt8(truncatingIfNeeded: $0 * $0 * 31 + $0 * 7) }

    private static func load<Value: Decodable>(_ name: String) throws -> Value {
        let url = Bundle.module.bundleURL.appending(path: "Fixtures/SHA256/\(name).json")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }
}
