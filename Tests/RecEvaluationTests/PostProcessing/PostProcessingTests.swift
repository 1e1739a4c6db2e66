import Foundation
import RecCore
import RecEvaluation
import RecTesting
import Testing

@Suite struct `Post-processing of embeddings` {
    @Test(arguments: try PostProcessingGoldens.load().cases)
    func `does what NumPy and scikit-learn do`(golden: PostProcessingGoldens.Case) throws {
        let goldens = try PostProcessingGoldens.load()
        let transform = try golden.plan.fit(to: goldens.sample(), groups: goldens.groups)
        #expect(transform.outputDimension == golden.dimension)
        let queries = try goldens.asked()
        let made = try queries.map { try transform.apply(to: $0).components.map { Double($0) } }
        let projected = queries.map { transform.projected($0.components).map { Double($0) } }
        let dimension = golden.dimension
        let scale = golden.projected.map(\.magnitude).max() ?? 0
        for (query, row) in made.enumerated() {
            for column in 0..<dimension {
                // The sign of a discriminant is a convention of each program.
                let isSigned = !golden.name.hasPrefix("discriminants")
                let expected = golden.unit[query * dimension + column]
                let before = golden.projected[query * dimension + column]
                let value = projected[query][column]
                #expect(abs(isSigned ? row[column] - expected : abs(row[column]) - abs(expected)) < 2e-5)
                #expect(abs(isSigned ? value - before : abs(value) - abs(before)) < 2e-5 * scale)
            }
        }
        for (first, one) in made.enumerated() {
            for (second, other) in made.enumerated() {
                let cosine = zip(one, other).reduce(0.0) { $0 + $1.0 * $1.1 }
                let expected = (0..<dimension).reduce(0.0) {
                    $0 + golden.unit[first * dimension + $1] * golden.unit[second * dimension + $1]
                }
                #expect(abs(cosine - expected) < 2e-5)
            }
        }
    }

    @Test func `whitening makes the covariance of the sample the identity`() throws {
        let sample = try randomVectors(400, dimension: 12, seed: 1)
        let transform = try PostProcessing(projection: .principalComponents(exponent: -0.5)).fit(to: sample)
        // Unit vectors of uncorrelated numbers may have all twelve directions.
        #expect(transform.outputDimension == 12)
        let rows = sample.map { transform.projected($0.components).map { Double($0) } }
        for first in 0..<12 {
            #expect(abs(rows.reduce(0.0) { $0 + $1[first] } / 400) < 1e-4)
            for second in 0..<12 {
                let covariance = rows.reduce(0.0) { $0 + $1[first] * $1[second] } / 399
                #expect(abs(covariance - (first == second ? 1 : 0)) < 1e-3)
            }
        }
    }

    @Test func `principal components of all directions keep distances as they are`() throws {
        let sample = try randomVectors(60, dimension: 9, seed: 2)
        let transform = try PostProcessing(projection: .principalComponents()).fit(to: sample)
        let rows = sample.map { transform.projected($0.components) }
        for (first, second) in zip(0..<59, 1..<60) {
            let before = zip(sample[first].components, sample[second].components).reduce(Float(0)) {
                $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
            }
            let after = zip(rows[first], rows[second]).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            #expect(abs(before - after) < 1e-5)
        }
    }

    @Test func `discriminants bring together what belongs together and forget the rest`() throws {
        // The first component says the group; the others are noise that is ten times as strong.
        var random = SeededGenerator(seed: 4)
        var groups: [String?] = []
        let sample = try (0..<300).map { number in
            groups.append(number % 3 == 2 ? nil : "\(number % 3)")
            let noise = (0..<7).map { _ in Float.random(in: -1...1, using: &random) }
            return try DenseVector(normalizing: [number % 3 == 0 ? 0.1 : -0.1] + noise, recipe: ["backbone": "x"])
        }
        let transform = try PostProcessing(projection: .discriminants(shrinkage: 0)).fit(to: sample, groups: groups)
        #expect(transform.outputDimension == 1)
        for (first, second) in [(0, 3), (1, 4), (6, 9), (0, 1), (3, 4)] {
            let one = try transform.apply(to: sample[first]).components[0]
            let other = try transform.apply(to: sample[second]).components[0]
            #expect(one * other == (groups[first] == groups[second] ? 1 : -1))
        }
    }

    @Test(arguments: [0.5, 0.25, 0.7, 1.0 / 3])
    func `the power law takes the power of each component and keeps its sign`(power: Double) throws {
        let vector = try DenseVector(normalizing: [0.5, -0.25, 0, 3, 1e-6], recipe: ["backbone": "x"])
        let made = try PostProcessing(power: power).fit(to: [vector]).apply(to: vector)
        let powers = vector.components.map { Foundation.pow(Double($0.magnitude), power) * ($0 < 0 ? -1 : 1) }
        let length = powers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for (value, expected) in zip(made.components, powers) {
            #expect(abs(Double(value) - expected / length) < 1e-7)
        }
    }

    @Test func `the same sample gives the same transform, bit by bit`() throws {
        let plan = PostProcessing(power: 0.5, projection: .principalComponents(dimension: 5, exponent: -0.3))
        let first = try plan.fit(to: randomVectors(50, dimension: 10, seed: 5))
        let second = try plan.fit(to: randomVectors(50, dimension: 10, seed: 5))
        #expect(first == second)
        #expect(first.bytes == second.bytes)
        #expect(try first != plan.fit(to: randomVectors(50, dimension: 10, seed: 6)))
    }

    @Test func `progress is told and never goes back`() throws {
        let told = Told()
        _ = try PostProcessing(projection: .principalComponents()).fit(
            to: randomVectors(600, dimension: 40, seed: 7),
            progress: { told.add($0) }
        )
        let shares = told.shares
        #expect(shares.first == 0 && shares.last == 1 && shares.count > 5)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `a task that was cancelled does not fit`() async throws {
        let sample = try randomVectors(100, dimension: 20, seed: 8)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await PostProcessing(projection: .principalComponents()).fit(to: sample)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
