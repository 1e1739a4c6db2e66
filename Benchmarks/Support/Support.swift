import Foundation
package import RecCore
import RecTesting

/// A duration in milliseconds.
package func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }

/// The value in the middle.
package func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// How long a call takes, in milliseconds.
package func time(_ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return milliseconds(ContinuousClock.now - start)
}

/// How many calls a second some tasks make together, each one after another.
package func rate(tasks: Int, calls: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws -> Double
{
    let total = try await time {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    for number in stride(from: task, to: calls, by: tasks) { try await body(number) }
                }
            }
            try await group.waitForAll()
        }
    }
    return Double(calls) / total * 1000
}

/// Prints a figure.
package func show(_ name: String, _ value: Double, _ unit: String = "ms") {
    print(name.padding(toLength: 62, withPad: " ", startingAt: 0), String(format: "%10.2f", value), unit)
}

/// Products with vectors of pictures around 300 points and with four attributes.
package func makeProducts(_ count: Int) throws -> (EmbeddingSpace, [EmbeddedProduct]) {
    let sizes = [("gender", 5), ("articleType", 100), ("baseColour", 46), ("season", 4)]
    let attributes = AttributeSpace(
        attributes: sizes.map { name, size in .init(name: name, categories: (0..<size).map { .value("\(name) \($0)") })
        }
    )
    let recipe: Recipe = ["backbone": "random"]
    let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 1280, recipe: recipe)),
        .init(name: .metadata, kind: .oneHot(attributes)),
    ])
    var random = SeededGenerator(seed: 1)
    // Sums of two are close enough to normal.
    func noise() -> Float { Float.random(in: -1...1, using: &random) + Float.random(in: -1...1, using: &random) }
    let centres = (0..<300).map { _ in (0..<1280).map { _ in noise() } }
    let products = try (0..<count).map { number in
        let centre = centres[number % centres.count]
        let vector = try DenseVector(normalizing: centre.map { $0 + 0.7 * noise() }, recipe: recipe)
        var values: [String: AttributeValues] = ["price": ["\(number % 100).5"]]
        var columns: [UInt32] = []
        var offset = 0
        for (name, size) in sizes {
            let chosen = min(Int.random(in: 0..<size, using: &random), Int.random(in: 0..<size, using: &random))
            columns.append(UInt32(offset + chosen))
            values[name] = ["\(name) \(chosen)"]
            offset += size
        }
        let codes = try AttributeCodes(columns: columns, space: attributes)
        return EmbeddedProduct(
            product: Product(id: ProductID("\(100_000 + number)"), attributes: values, title: "Product \(number)"),
            embedding: Embedding([.image: .dense(vector), .metadata: .oneHot(codes)])
        )
    }
    return (space, products)
}
