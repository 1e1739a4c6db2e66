/// Takes features from the cache where it has them and from the extractor otherwise.
struct FeatureLookup<Extractor: FeatureExtractor>: Sendable {
    let extractor: Extractor
    let cache: (any FeatureCache)?
    let inputs: @Sendable (Product) async throws -> [Extractor.Input]

    /// What is known of a product before extraction.
    private enum Loaded: Sendable {
        case outcome(FeatureOutcome)
        /// The inputs, or the errors of loading them, and the key for the cache.
        case waiting([Result<Extractor.Input, any Error>], key: String?)
    }

    /// Looks products up in the cache and loads the inputs of the others, all together.
    ///
    /// - Returns: A function that extracts the features: one outcome for each product, in the same order. It throws
    ///   `CancellationError` only.
    /// - Throws: `CancellationError` only.
    func load(_ products: [Product]) async throws -> @Sendable () async throws -> [FeatureOutcome] {
        var loaded = [Loaded](repeating: .outcome(.absent), count: products.count)
        try await withThrowingTaskGroup(of: (Int, Loaded).self) { group in
            for (position, product) in products.enumerated() {
                group.addTask { (position, await load(product)) }
            }
            for try await (position, result) in group { loaded[position] = result }
        }
        try Task.checkCancellation()
        return { [loaded] in try await extract(loaded) }
    }

    private func load(_ product: Product) async -> Loaded {
        do {
            let inputs = extractor.aggregation.relevant(try await inputs(product))
            guard !inputs.isEmpty else { return .outcome(.absent) }
            let key = cache?.key(of: product)
            if let key, let features = cached(for: key) { return .outcome(.cached(features)) }
            var loaded: [Result<Extractor.Input, any Error>] = []
            for input in inputs {
                do {
                    loaded.append(.success(try await extractor.load(input)))
                } catch {
                    loaded.append(.failure(error))
                }
            }
            return .waiting(loaded, key: key)
        } catch {
            return .outcome(.failed([error]))
        }
    }

    /// The vector of a product with these inputs; the cache takes no part.
    ///
    /// - Throws: The error of the first input that cannot be used.
    func features(of inputs: [Extractor.Input]) async throws -> DenseVector {
        let inputs = Array(extractor.aggregation.relevant(inputs))
        guard inputs.count > 1 else { return try await extractor.features(of: inputs[0]) }
        let results = try await extractor.features(of: inputs)
        guard results.count == inputs.count else { throw Self.broken(results.count, inputs.count) }
        return try extractor.aggregation.combine(results.map { try $0.get() })
    }

    private static func broken(_ results: Int, _ inputs: Int) -> RecError {
        RecError(.brokenContract, "The extractor gave \(results) results for \(inputs) inputs.")
    }

    /// Extracts the inputs of all products in one call.
    private func extract(_ loaded: [Loaded]) async throws -> [FeatureOutcome] {
        var inputs: [Extractor.Input] = []
        for case .waiting(let results, _) in loaded {
            for case .success(let input) in results { inputs.append(input) }
        }
        var features = try await extract(inputs)[...]
        return loaded.map { product in
            switch product {
            case .outcome(let outcome): outcome
            case .waiting(let results, let key):
                outcome(of: results.map { $0.flatMap { _ in features.removeFirst() } }, key: key)
            }
        }
    }

    /// The outcome of a product with the features, or the errors, of its inputs.
    ///
    /// Features are kept only if no input failed, so that a later run tries the others again.
    private func outcome(of results: [Result<DenseVector, any Error>], key: String?) -> FeatureOutcome {
        var vectors: [DenseVector] = []
        var errors: [any Error] = []
        for result in results {
            switch result {
            case .success(let vector): vectors.append(vector)
            case .failure(let error): errors.append(error)
            }
        }
        guard !vectors.isEmpty else { return .failed(errors) }
        do {
            let vector = try extractor.aggregation.combine(vectors)
            return .extracted(vector, failures: errors, storingError: errors.isEmpty ? store(vector, for: key) : nil)
        } catch {
            return .failed(errors + [error])
        }
    }

    /// The features in the cache; those of another recipe or dimension count as missing.
    private func cached(for key: String) -> DenseVector? {
        let features = cache?.features(for: key, recipe: extractor.recipe)
        return features.flatMap { $0.dimension == extractor.dimension && $0.recipe == extractor.recipe ? $0 : nil }
    }

    /// One result for each input, even when the extractor returns another number.
    ///
    /// While the extractor is busy, this waits. A batch larger than the extractor accepts is split.
    private func extract(_ inputs: [Extractor.Input]) async throws -> [Result<DenseVector, any Error>] {
        guard !inputs.isEmpty else { return [] }
        try Task.checkCancellation()
        do {
            let results = try await whenThereIsRoom(inputs)
            guard results.count == inputs.count else { throw Self.broken(results.count, inputs.count) }
            return results
        } catch let error where error is CancellationError || Task.isCancelled {
            throw CancellationError()
        } catch let error as RecError where error.code == .invalidQuery && inputs.count > 1 {
            let half = inputs.count / 2
            return try await extract(Array(inputs[..<half])) + extract(Array(inputs[half...]))
        } catch {
            return inputs.map { _ in .failure(error) }
        }
    }

    /// Asks the extractor again and again, ever more seldom, while it has no room for the inputs.
    private func whenThereIsRoom(_ inputs: [Extractor.Input]) async throws -> [Result<DenseVector, any Error>] {
        var pause = Duration.milliseconds(1)
        while true {
            do {
                return try await extractor.features(of: inputs)
            } catch let error as RecError where error.kind == .busy {
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(1))
            }
        }
    }

    private func store(_ features: DenseVector, for key: String?) -> (any Error)? {
        guard let key, let cache else { return nil }
        do {
            try cache.store(features, for: key)
            return nil
        } catch {
            return error
        }
    }
}
