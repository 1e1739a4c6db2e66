import RecCore
import RecFiles
import RecImage
import RecNetwork

/// The ranges of a network's maps, as the file beside its weights has them.
struct RangesText {
    /// The SHA-256 of the weights.
    let weights: String
    let layer: String
    /// How many pictures the ranges are from.
    let pictures: Int
    var ranges: ActivationRanges

    /// Writes the file; it appears as a whole.
    ///
    /// - Throws: `RecError` with code `unwritable`.
    func write(beside path: String) throws(RecError) {
        do throws(FileError) {
            try AtomicFile.write(to: RangesFile.path(beside: path)) { file throws(FileError) in
                try file.write(Array((json.text + "\n").utf8))
            }
        } catch {
            throw RecError(error, writing: true)
        }
    }

    private var json: JSONValue {
        .object([
            ("version", .integer(RangesFile.version)), ("weights", .string(weights)), ("layer", .string(layer)),
            ("pictures", .integer(pictures)),
            ("floats", .array(ranges.floatLayers.sorted().map { .string($0) })),
            (
                "ranges",
                .object(
                    ranges.ranges.sorted { $0.key < $1.key }.map { ($0.key, .floats([$0.value.low, $0.value.high])) }
                )
            ),
        ])
    }
}
