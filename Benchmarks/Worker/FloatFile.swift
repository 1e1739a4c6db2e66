import Foundation

/// Files of 32-bit little-endian floats and nothing else, which the harness exchanges numbers in.
enum FloatFile {
    /// Reads a file.
    static func read(_ path: String) throws -> [Float] {
        let bytes: [UInt8]
        do {
            bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
        } catch {
            throw BenchError("\(path) cannot be read: \(error.localizedDescription)")
        }
        guard bytes.count.isMultiple(of: 4) else { throw BenchError("\(path) is no file of 32-bit floats") }
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            let pattern = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
            return Float(bitPattern: pattern)
        }
    }

    /// Writes a file.
    static func write(_ numbers: [Float], to path: String) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 4)
        for number in numbers {
            let pattern = number.bitPattern
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
            }
        }
        try write(bytes, to: path)
    }

    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw BenchError("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
