internal import RecCore
internal import RecFiles
internal import RecNetwork

extension CNNFeatureExtractor {
    /// Bytes of a self-test's picture at most.
    private static let pictureSizeLimit = 16 << 20
    /// Pixels of a self-test's picture at most.
    private static let pixelLimit = 1 << 24

    /// Runs the self-test beside the weights, if there is one for them and for the settings.
    ///
    /// - Parameter weights: The path of the weights.
    /// - Returns: What became of it; never a report that did not pass.
    /// - Throws: `RecError` with code `selfTestFailed`, which says by how much, `invalidSelfTest`, or the codes of
    ///   reading a picture.
    /// - Complexity: One run of the network, when there is a self-test.
    func checkSelfTest(beside weights: String) throws -> SelfTestResult {
        guard let test = try SelfTest(beside: weights) else { return .missing }
        guard fits(test, weights: weights) else { return .unrelated(test) }
        let report = try report(of: test)
        guard !report.isPassed else { return .passed(test, report) }
        let origin = test.origin.map { " The vector was made by \($0)." } ?? ""
        throw RecError(
            .selfTestFailed,
            path: test.path,
            "The self-test fails: \(report.description). \(report.advice)\(origin)"
        )
    }

    /// Whether a self-test says something about these weights and settings: it may be for another file of the folder,
    /// another layer or another pooling.
    private func fits(_ test: SelfTest, weights: String) -> Bool {
        let name = weights.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) }
        return (test.weights ?? name) == name && test.layer == model.layer && test.pooling == pooling
    }

    /// Compares the vector of a self-test with that of this model.
    ///
    /// The picture is read at full scale, so that the setting for fast decoding has no part in it.
    ///
    /// - Throws: `RecError` with code `selfTestFailed` when the vectors have different dimensions, `invalidSelfTest` for
    ///   a picture that is too large, `notFinite`, or the codes of reading a picture.
    private func report(of test: SelfTest) throws -> SelfTestReport {
        guard test.vector.count == dimension else {
            throw RecError(
                .selfTestFailed,
                path: test.path,
                "The self-test fails: its vector has \(test.vector.count) components, the model's \(dimension). The "
                    + "network or the layer is another than the one that made the vector."
            )
        }
        let picture = try Self.picture(of: test)
        let input = preprocessing.tensor(of: picture)
        let features = try selfTestFeatures(of: input, path: test.picture)
        let difference = test.input.map { Self.difference($0, input) }
        var fitting: String?
        if let expected = test.input, let difference, difference > SelfTestReport.inputTolerance {
            fitting =
                Preprocessing.named.first { preset in
                    Self.difference(expected, preset.preprocessing.tensor(of: picture)) <= SelfTestReport.inputTolerance
                }?.name
        }
        let least = model.plan.settings.arithmetic.isNarrow ? SelfTestReport.narrowCosine : 1
        return Self.compare(features, with: test, difference, fitting, minimumCosine: min(test.minimumCosine, least))
    }

    private static func picture(of test: SelfTest) throws -> DecodedImage {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.contents(ofFile: test.picture, limit: pictureSizeLimit)
        } catch {
            guard error.isTooLarge else { throw RecError(error) }
            throw RecError(.invalidSelfTest, path: test.picture, "A self-test's picture has 16 MiB at most.")
        }
        return try PictureReader(maximumPixelCount: pixelLimit).read(.data(bytes, name: test.picture))
    }

    /// The greatest difference between samples and the numbers at their places; infinite when there are fewer numbers.
    private static func difference(_ samples: [Float], _ numbers: [Float]) -> Double {
        guard samples.count <= numbers.count else { return .infinity }
        return samples.indices.reduce(0) { greatest, index in
            max(greatest, abs(Double(samples[index]) - Double(numbers[index * numbers.count / samples.count])))
        }
    }

    private static func compare(
        _ features: [Float],
        with test: SelfTest,
        _ inputDifference: Double?,
        _ fittingPreprocessing: String?,
        minimumCosine: Double
    ) -> SelfTestReport {
        func length(_ vector: [Float]) -> Double { vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
        let expected = length(test.vector)
        let actual = max(length(features), .leastNormalMagnitude)
        var product = 0.0
        var (greatest, component) = (0.0, 0)
        for index in features.indices {
            let (a, b) = (Double(features[index]) / actual, Double(test.vector[index]) / expected)
            product += a * b
            if abs(a - b) > greatest { (greatest, component) = (abs(a - b), index) }
        }
        return SelfTestReport(
            cosine: min(product, 1),
            difference: greatest,
            component: component,
            inputDifference: inputDifference,
            fittingPreprocessing: fittingPreprocessing,
            minimumCosine: minimumCosine
        )
    }
}
