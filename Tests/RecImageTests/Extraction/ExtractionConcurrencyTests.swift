import Dispatch
import RecCore
import RecImage
import Testing

@Suite struct `Extraction and actors` {
    @Test func `an actor that asks for features answers meanwhile`() async throws {
        let host = Host()

        let features = try await host.features(
            of: try TinyExtractor.make { $0.decoders = PictureDecoders([ProbingDecoder(host: host)]) }
        )

        #expect(features == 1)
        #expect(await host.answers == 1)
    }

    /// An actor with a queue of its own, so that work on it can be told from work elsewhere.
    private actor Host {
        nonisolated let executor = QueueExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
        private(set) var answers = 0

        func answer() { answers += 1 }

        /// How many pictures have features.
        func features(of extractor: CNNFeatureExtractor) async throws -> Int {
            try await extractor.features(of: [.data([0], name: "probe")]).map { try $0.get() }.count
        }
    }

    /// Runs jobs on a queue.
    private final class QueueExecutor: SerialExecutor {
        let queue = DispatchQueue(label: "host")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        }

        func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
    }

    /// A decoder that waits until the actor has answered.
    private struct ProbingDecoder: PictureDecoder {
        let host: Host
        let formatName = "Probe"

        func recognizes(_ bytes: Span<UInt8>) -> Bool { true }

        func header(of bytes: Span<UInt8>, damage: DamageHandling) -> PictureHeader {
            PictureHeader(size: ImageSize(width: 56, height: 56))
        }

        func decode(
            _ bytes: Span<UInt8>,
            plan: CropPlan,
            damage: DamageHandling,
            into rows: inout PictureRows
        ) throws {
            let answered = DispatchSemaphore(value: 0)
            host.executor.queue.async { [host] in
                host.assumeIsolated { $0.answer() }
                answered.signal()
            }
            guard answered.wait(timeout: .now() + .seconds(20)) == .success else { throw ActorIsBusy() }
            let row = [UInt8](repeating: 1, count: 3 * plan.columns.count)
            for _ in plan.rows { try rows.append(row.span, offset: 0, stride: 0, count: 1) }
        }
    }

    private struct ActorIsBusy: Error {}
}
