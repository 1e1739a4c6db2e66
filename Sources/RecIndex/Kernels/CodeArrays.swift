package import RecFiles

/// The arrays of codes; ``fields`` gives the size of each.
///
/// Files, copies and kernels iterate over ``fields``, so that an array is listed nowhere else.
package struct CodeArrays: Sendable {
    /// The mean to subtract, `[dimension]`.
    package var mean = NumberArray<Float>([])
    /// Orthonormal directions, `[chunks * 64][dimension]`.
    package var directions = NumberArray<Float>([])
    /// The value of a code of 1, for each chunk; the same in all chunks of the head.
    package var steps = NumberArray<Float>([])
    /// The greatest norm of a row's rounding error, for each chunk.
    package var errors = NumberArray<Float>([])

    /// The first block of each list, and the end of the last.
    package var starts = NumberArray<UInt32>([])
    /// A centre of the decoded heads of each list, `[list][headChunks * 64]`.
    package var centers = NumberArray<Float>([])
    /// For each list: the greatest distance of a decoded head from the centre, the greatest and the mean offset, the
    /// greatest tail.
    package var radii = NumberArray<Float>([])
    package var greatestOffsets = NumberArray<Float>([])
    package var meanOffsets = NumberArray<Float>([])
    package var greatestTails = NumberArray<Float>([])

    /// <mean, x> of each slot.
    package var offsets = NumberArray<Float>([])
    /// The norm of each slot's vector outside the head.
    package var tails = NumberArray<Float>([])
    /// The row of each slot, or `ProductCodes.noRow`.
    package var rows = NumberArray<UInt32>([])
    /// The slots of each block that hold a row, a bit each.
    package var used = NumberArray<UInt16>([])

    /// Head codes from -127 to 127, `[block][headChunks * 16][16 slots][4 directions]`.
    package var head = NumberArray<Int8>([])
    /// Middle codes from -127 to 127, `[slot][chunks - headChunks][64]`.
    package var middle = NumberArray<Int8>([])
    /// The norms outside head and the middle's first chunks, `[slot][chunks - headChunks]`.
    package var middleTails = NumberArray<Float>([])

    /// All arrays, in the order in which a file has those of a part.
    package static let fields: [any CodeField] = [
        NumberField("mean", \.mean, of: .directions) { $0.dimension },
        NumberField("directions", \.directions, of: .directions) { $0.directionCount * $0.dimension },
        NumberField("steps", \.steps, of: .directions) { $0.chunks },
        NumberField("errors", \.errors, of: .directions) { $0.chunks },
        NumberField("starts", \.starts, of: .lists) { $0.lists + 1 },
        NumberField("centers", \.centers, of: .lists) { $0.lists * $0.headCount },
        NumberField("radii", \.radii, of: .lists) { $0.lists },
        NumberField("greatest offsets", \.greatestOffsets, of: .lists) { $0.lists },
        NumberField("mean offsets", \.meanOffsets, of: .lists) { $0.lists },
        NumberField("greatest tails", \.greatestTails, of: .lists) { $0.lists },
        NumberField("offsets", \.offsets, of: .slots) { $0.slots },
        NumberField("tails", \.tails, of: .slots) { $0.slots },
        NumberField("rows", \.rows, of: .slots) { $0.slots },
        NumberField("used", \.used, of: .slots) { $0.blocks },
        NumberField("head", \.head, of: .head) { $0.slots * $0.headCount },
        NumberField("middle", \.middle, of: .middle) { $0.slots * $0.middleCount },
        NumberField("middle tails", \.middleTails, of: .middleTails) { $0.slots * $0.middleChunks },
    ]

    /// Creates empty arrays.
    package init() {}
}

extension CodeArrays {
    /// The arrays of a part.
    package static func fields(of part: CodePart) -> [any CodeField] { fields.filter { $0.part == part } }

    /// The first array whose size does not match a shape; `nil` when all match.
    ///
    /// - Parameters:
    ///   - shape: The sizes.
    ///   - parts: The parts to look at; all of them when `nil`.
    /// - Returns: The array's field.
    package func misfit(_ shape: CodeShape, in parts: Set<CodePart>? = nil) -> (any CodeField)? {
        func fits(_ field: some CodeField) -> Bool { self[keyPath: field.path].count == field.count(in: shape) }
        return Self.fields.first { parts?.contains($0.part) ?? true && !fits($0) }
    }

    /// The same arrays; those of some parts have addresses that are valid as long as they exist.
    func pinned(_ parts: Set<CodePart>) -> CodeArrays {
        var arrays = self
        func pin(_ field: some CodeField) { arrays[keyPath: field.path] = arrays[keyPath: field.path].pinned() }
        for field in Self.fields where parts.contains(field.part) { pin(field) }
        return arrays
    }
}
