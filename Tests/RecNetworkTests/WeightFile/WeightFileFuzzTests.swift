import Foundation
import RecCore
import RecNetwork
import RecTesting
import Testing

/// Damaged files give an error or a result; that this process is still there is the proof.
///
/// `REC_FUZZ_ROUNDS` sets the number of variants of each file.
@Suite(.timeLimit(.minutes(5))) struct `Damaged weight files` {
    static let rounds = ProcessInfo.processInfo.environment["REC_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 40

    @Test(arguments: WeightFixtures.names)
    func `a file that is cut off anywhere is an error`(name: String) throws {
        let bytes = WeightFixtures.bytes(name)
        var random = SeededGenerator(seed: 1, name: name)
        for round in 0..<Self.rounds {
            let length = round < 20 ? round : Int.random(in: 0..<bytes.count, using: &random)
            let isOpen = try openAndRead(Array(bytes[..<length]))
            // What follows the last byte that is not zero in a TAR archive is padding.
            let isPadding = name == "tar.pth" && bytes[length...].allSatisfy { $0 == 0 }
            #expect(!isOpen || isPadding, "cut to \(length) bytes")
        }
    }

    @Test(arguments: WeightFixtures.names)
    func `flipped bytes are an error or other numbers`(name: String) throws {
        let bytes = WeightFixtures.bytes(name)
        var random = SeededGenerator(seed: 2, name: name)
        for _ in 0..<Self.rounds {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                // Most structure is near the ends.
                let nearEnd = min(bytes.count, Int.random(in: 0..<3, using: &random) == 0 ? bytes.count : 1024)
                let offset = Int.random(in: 0..<nearEnd, using: &random)
                let position = Bool.random(using: &random) ? offset : bytes.count - 1 - offset
                damaged[position] =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: 0xFF
                    case 1: 0
                    case 2: damaged[position] ^ 1 << UInt8.random(in: 0..<8, using: &random)
                    default: UInt8.random(in: 0...255, using: &random)
                    }
            }
            _ = try openAndRead(damaged)
        }
    }

    /// Opens a file and reads all of its tensors; whether it opens.
    ///
    /// Anything thrown but a `RecError` fails the test.
    private func openAndRead(_ bytes: [UInt8]) throws -> Bool {
        try withFile(bytes) { path in
            do {
                let file = try WeightFile(path: path)
                for name in file.tensorNames {
                    // A tensor that cannot be read has no shape.
                    guard let shape = file.shape(of: name) else {
                        #expect(file.obstacle(to: name) != nil)
                        continue
                    }
                    do {
                        let values = try file.floats(of: name)
                        #expect(values.count == shape.reduce(1, *))
                        // No tensor may be out of all proportion to its file.
                        #expect(values.count <= 1 << 26)
                    } catch is RecError {}
                }
                return true
            } catch is RecError {
                return false
            }
        }
    }
}

extension SeededGenerator {
    /// A generator for a case of that name.
    fileprivate init(seed: UInt64, name: String) {
        self.init(seed: name.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
    }
}
