import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

/// The long operations of the module, each by its public face.
enum LongOperation: String, CaseIterable, Sendable {
    case evaluating, comparing, comparingReports, resampling, findingNearDuplicates, learning, learningFromClicks
    case fitting

    /// Runs the operation on some products.
    func run(_ progress: @escaping @Sendable (WorkProgress) -> Void) async throws {
        let index = try LearningCatalogue(count: 400, seed: 7).index
        let evaluation = Evaluation(.sharing("kind"), count: 3)
        switch self {
        case .evaluating: _ = try await evaluation.run(on: index, progress: progress)
        case .comparing:
            let systems = Evaluation.System.blocksAndFused(of: index.space)
            _ = try await evaluation.compare(systems, on: index, threads: 2, progress: progress)
        case .comparingReports:
            let report = try Self.report(of: index)
            _ = try await EvaluationComparison([("one", report), ("other", report)], progress: progress)
        case .resampling:
            _ = try await Bootstrap().estimate(of: [1, 2, 4], progress: progress)
        case .findingNearDuplicates: _ = try await NearDuplicates.find(in: index, progress: progress)
        case .learning:
            _ = try await WeightLearner(sample: 40).learn(from: .sharing("kind"), on: index, progress: progress)
        case .learningFromClicks:
            let lists = index.ids.prefix(30).map { id in
                let shown = Array(index.ids.filter { $0 != id }.prefix(10))
                return ImpressionList(query: id, shown: shown, clicked: [shown[3]])
            }
            _ = try await WeightLearner().learn(from: lists, on: index, progress: progress)
        case .fitting:
            let sample = try randomVectors(600, dimension: 20, seed: 8)
            _ = try await PostProcessing(projection: .principalComponents()).fit(to: sample, progress: progress)
        }
    }

    /// A report without products, made without a wait.
    private static func report(of index: Index) throws -> EvaluationReport {
        EvaluationReport(
            count: 3,
            askedCount: 2,
            withoutJudgement: 0,
            withoutRelevant: 0,
            queries: Array(index.ids.prefix(2)),
            values: Dictionary(uniqueKeysWithValues: RankingMetric.allCases.map { ($0, [0, 1]) }),
            diversities: [],
            exposure: Exposure(products: [], counts: [])
        )
    }
}

@Suite struct `A long operation of evaluation` {
    @Test(arguments: LongOperation.allCases)
    func `leaves its caller's actor free`(operation: LongOperation) async throws {
        let call = try await CallingActor().call { actor in
            try await operation.run { _ in actor.ask() }
        }
        #expect(call.leftActorFree)
        #expect(call.answers > 0)
    }

    @Test(arguments: LongOperation.allCases)
    func `ends when its task is cancelled`(operation: LongOperation) async {
        await #expect(throws: CancellationError.self) {
            try await cancelling { cancel in
                try await operation.run { _ in cancel() }
            }
        }
    }

    @Test(arguments: LongOperation.allCases)
    func `reports progress that never goes back and ends with everything done`(operation: LongOperation) async throws {
        let told = Told()
        try await operation.run { told.add($0) }
        let values = told.values
        #expect(values.last?.done == values.last?.total)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0.done <= $1.done && $0.elapsed <= $1.elapsed })
        #expect(Set(values.map(\.phase)).count == 1)
    }
}
