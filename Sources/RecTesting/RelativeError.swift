/// The greatest difference between two lists, relative to the root mean square of the second, or to `least` if that is
/// greater; infinite when a value is NaN.
package func relativeError(_ found: [Float], _ expected: [Double], atLeast least: Double = 1e-30) -> Double {
    guard found.count == expected.count, !expected.isEmpty else { return .infinity }
    let rms = (expected.reduce(0) { $0 + $1 * $1 } / Double(expected.count)).squareRoot()
    let greatest = zip(found, expected).reduce(0) { greatest, pair in
        let difference = abs(Double(pair.0) - pair.1)
        return difference.isNaN ? .infinity : max(greatest, difference)
    }
    return greatest / max(rms, least)
}
