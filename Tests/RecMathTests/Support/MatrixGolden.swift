import Foundation
import RecMath
import Testing

/// A symmetric matrix with the eigenvalues that NumPy found, made by `Scripts/goldens/linear_algebra.py`.
struct MatrixGolden: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let size: Int
    /// The matrix, `[size][size]`.
    let numbers: [Double]
    /// The eigenvalues, greatest first.
    let values: [Double]

    var testDescription: String { name }

    static func load() throws -> [MatrixGolden] {
        let url = Bundle.module.bundleURL.appending(path: "Fixtures/matrices.json")
        return try JSONDecoder().decode([MatrixGolden].self, from: Data(contentsOf: url))
    }
}
