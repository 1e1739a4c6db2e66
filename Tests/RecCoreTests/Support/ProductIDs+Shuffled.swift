import RecCore
import RecTesting

extension [ProductID] {
    func shuffled(seed: UInt64) -> [ProductID] {
        var random = SeededGenerator(seed: seed)
        return shuffled(using: &random)
    }
}
