/// Takes features from the cache where it has them and from the extractor otherwise.
struct FeatureLookup<Extractor: FeatureExtractor>: Sendable {
    let extractor: Extractor
    let cache: (any FeatureCache)?

    /// One outcome for each product, in the same order.
    ///
    /// - Throws: `CancellationError` only.
    func features(
        of products: [Product],
        input: @Sendable (Product) throws -> Extractor.Input?
    ) async throws -> [FeatureOutcome] {
        var outcomes = [FeatureOutcome](repeating: .absent, count: products.count)
        var waiting: [(position: Int, key: String?, input: Extractor.Input)] = []
        for (position, product) in products.enumerated() {
            do {
                guard let input = try input(product) else { continue }
                let key = cache?.key(of: product)
                if let key, let features = cached(for: key) {
                    outcomes[position] = .cached(features)
                } else {
                    waiting.append((position, key, input))
                }
            } catch {
                outcomes[position] = .failed(error)
            }
        }
        for (item, result) in zip(waiting, try await extract(waiting.map(\.input))) {
            switch result {
            case .success(let features):
                outcomes[item.position] = .extracted(features, storingError: store(features, for: item.key))
            case .failure(let error):
                outcomes[item.position] = .failed(error)
            }
        }
        return outcomes
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
            guard results.count == inputs.count else {
                throw RecError(
                    .brokenContract,
                    "The extractor gave \(results.count) results for \(inputs.count) inputs."
                )
            }
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
