import Foundation

/// A file of vectors, read a few thousand at a time, since all of them may not fit beside an index.
struct VectorFile {
    private static let rowsAtOnce = 4096

    private let path: String
    private let dimension: Int
    private let count: Int

    /// The vectors that a command names: `count` of them from the start of the file.
    init(_ command: Command) throws(BenchError) {
        path = try command.required(command.vectors, "vectors")
        dimension = try command.positive(command.dimension, "dimension")
        count = try command.required(command.count, "count")
        guard count > 0 else { throw BenchError("\"count\" must be positive") }
    }

    /// Hands over all vectors in order, several at a time: the position of the first, and their numbers.
    func forEachChunk(_ body: (_ first: Int, _ vectors: [[Float]]) throws -> Void) throws {
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: URL(filePath: path))
        } catch {
            throw BenchError("\(path) cannot be read: \(error.localizedDescription)")
        }
        defer { try? handle.close() }
        for first in stride(from: 0, to: count, by: Self.rowsAtOnce) {
            let rows = min(Self.rowsAtOnce, count - first)
            let bytes = [UInt8](try handle.read(upToCount: rows * dimension * 4) ?? Data())
            guard bytes.count == rows * dimension * 4 else {
                throw BenchError("\(path) has fewer than \(count) vectors of \(dimension) numbers")
            }
            try body(first, (0..<rows).map { vector(at: $0 * dimension * 4, in: bytes) })
        }
    }

    private func vector(at start: Int, in bytes: [UInt8]) -> [Float] {
        var numbers: [Float] = []
        numbers.reserveCapacity(dimension)
        for byte in stride(from: start, to: start + dimension * 4, by: 4) {
            let low = UInt32(bytes[byte]) | UInt32(bytes[byte + 1]) << 8
            let high = UInt32(bytes[byte + 2]) << 16 | UInt32(bytes[byte + 3]) << 24
            numbers.append(Float(bitPattern: low | high))
        }
        return numbers
    }
}
