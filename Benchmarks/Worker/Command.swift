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
    /// The arithmetic of the network: `float32`, `bfloat16` or `int8`; `float32` if missing.
    let arithmetic: String?
    /// The path of prepared images that `int8` finds its ranges on, as `input`.
    let calibration: String?
    /// Images in a batch.
    let batch: Int?
    /// Threads, or pictures in flight.
    let threads: Int?
    /// How often to repeat.
    let count: Int?
    /// How pictures are decoded: `exact` or `fast`.
    let mode: String?
    /// The paths of picture files.
    let files: [String]?
    /// The path of vectors: 32-bit little-endian floats, one vector after another.
    let vectors: String?
    /// Numbers in a vector.
    let dimension: Int?
    /// The path of a catalogue's table, for attributes.
    let catalogue: String?
    /// The path of the products' identifiers in that table, a line for each vector.
    let ids: String?
    /// Names of the attributes to encode.
    let attributes: [String]?
    /// The kind of an index.
    let method: String?
    /// The path of an index or a picture.
    let path: String?
    /// The colour behind a transparent picture, as `#ffffff`.
    let background: String?
    /// The vectors to search for, by position in their file.
    let rows: [Int]?
    /// How a search is carried out, by name.
    let variant: String?
    /// The weight of the picture in the score; the rest is that of the attributes.
    let imageWeight: Double?

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
