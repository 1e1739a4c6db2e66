import Synchronization

/// What a progress handler was told.
final class Told: Sendable {
    private let told = Mutex<[Double]>([])

    var values: [Double] { told.withLock { $0 } }

    func add(_ share: Double) { told.withLock { $0.append(share) } }
}
