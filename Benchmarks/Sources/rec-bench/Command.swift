/// One line of the harness: the name of a command and what it needs.
struct Command: Decodable {
    /// What to do.
    let command: String
    /// The name of a built-in backbone.
    let backbone: String?
    /// The layer to take features from.
    let layer: String?
    /// The path of a weight file.
    let weights: String?
    /// The path of prepared images: 32-bit little-endian floats, NCHW.
    let input: String?
    /// The path to write numbers to, 32-bit little-endian floats.
    let output: String?
    /// Images in a batch.
    let batch: Int?
    /// Threads, or pictures in flight.
    let threads: Int?
    /// How often to repeat.
    let count: Int?
    /// How pictures are decoded: `exact` or `fast`.
    let mode: String?
    /// The paths of JPEG files.
    let files: [String]?

    /// A value that the command cannot do without.
    func required<Value>(_ value: Value?, _ name: String) throws(BenchError) -> Value {
        guard let value else { throw BenchError("\(command) needs \"\(name)\"") }
        return value
    }

    /// A number that the command cannot do without, from 1 to 4096.
    func positive(_ value: Int?, _ name: String) throws(BenchError) -> Int {
        let number = try required(value, name)
        guard (1...4096).contains(number) else { throw BenchError("\"\(name)\" must be from 1 to 4096, not \(number)") }
        return number
    }
}
