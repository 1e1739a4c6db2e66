import Foundation
import RecCore
import RecEvaluation

/// What bytes lose and gain compared with floats.
struct CalibrationLoss {
    private static let count = 10

    let relevantBy: String
    let productCount: Int
    /// Between the vectors of the same picture.
    let cosine: Estimate
    let leastCosine: Double
    /// precision@10 in floats, in bytes, and bytes minus floats, over the same queries.
    let floats: Estimate
    let bytes: Estimate
    let difference: Estimate
    /// The time for a product with all threads, from the file on.
    let milliseconds: (floats: Double, bytes: Double)

    init(
        _ inFloats: EmbeddedPictures,
        _ inBytes: EmbeddedPictures,
        milliseconds: (floats: Double, bytes: Double),
        relevantBy: String,
        seed: UInt64,
        threads: Int
    ) async throws {
        self.relevantBy = relevantBy
        productCount = inBytes.products.count
        let bootstrap = Bootstrap(seed: seed)
        let cosines = inBytes.cosines(to: inFloats)
        let evaluation = Evaluation(.sharing(relevantBy), count: Self.count, seed: seed)
        let reports = [
            try await evaluation.run(on: inFloats.index(threads: threads), threads: threads),
            try await evaluation.run(on: inBytes.index(threads: threads), threads: threads),
        ]
        let precisions = reports.map { $0[.precision] }
        guard let cosine = try await bootstrap.estimate(of: cosines), precisions[0].count == precisions[1].count,
            let floats = try await bootstrap.estimate(of: precisions[0]),
            let bytes = try await bootstrap.estimate(of: precisions[1]),
            let difference = try bootstrap.estimate(ofDifference: precisions[1], precisions[0])
        else {
            throw RecError(
                .unknownAttribute,
                "No product that was measured shares a value of '\(relevantBy)' with another; give --relevant-by."
            )
        }
        self.cosine = cosine
        leastCosine = cosines.min() ?? 0
        self.floats = floats
        self.bytes = bytes
        self.difference = difference
        self.milliseconds = milliseconds
    }

    func text(path: String, _ floatLayers: [String]) -> String {
        func rounded(_ value: Double, _ digits: Int) -> String {
            value.formatted(.number.precision(.fractionLength(digits)))
        }
        func text(_ estimate: Estimate, _ digits: Int) -> String {
            let ends = [estimate.lower, estimate.upper].map { rounded($0, digits) }
            return "\(rounded(estimate.mean, digits)) [\(ends.joined(separator: ", "))]"
        }
        let (floatTime, byteTime) = milliseconds
        let verdict = byteTime > 1.05 * floatTime ? "; int8 does not pay on this processor" : ""
        let layers = floatLayers.isEmpty ? "" : "\nin floats: first layer, \(floatLayers.joined(separator: ", "))"
        return """
            ranges: \(path)
            cosine to floats, \(productCount) pictures: \(text(cosine, 5)), least \(leastCosine)
            precision@\(Self.count) by \(relevantBy): floats \(text(floats, 4)), int8 \(text(bytes, 4)), \
            difference \(text(difference, 4))
            time for a product: floats \(rounded(floatTime, 1)) ms, int8 \(rounded(byteTime, 1)) ms\(verdict)\(layers)
            """
    }

    func json(path: String, floatLayers: [String]) -> JSONValue {
        func value(_ estimate: Estimate) -> JSONValue {
            .object([
                ("mean", .number(estimate.mean)), ("lower", .number(estimate.lower)),
                ("upper", .number(estimate.upper)),
            ])
        }
        return .object([
            ("ranges", .string(path)), ("products", .integer(productCount)), ("cosine", value(cosine)),
            ("least-cosine", .number(leastCosine)), ("relevant-by", .string(relevantBy)),
            ("precision-floats", value(floats)), ("precision-int8", value(bytes)), ("difference", value(difference)),
            ("milliseconds-floats", .number(milliseconds.floats)), ("milliseconds-int8", .number(milliseconds.bytes)),
            ("floats", .array(floatLayers.map { .string($0) })),
        ])
    }
}
