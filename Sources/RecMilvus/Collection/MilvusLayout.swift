internal import RecCore
internal import RecFiles
internal import RecIndex

/// How the embeddings of a space lie in the fields of a collection.
struct MilvusLayout: Sendable {
    let space: EmbeddingSpace
    /// The first component of each block.
    let offsets: [Int]
    /// The number of components of a vector.
    let dimension: Int
    /// The code of the space and the generation of the collection, in the upper bits of all patterns.
    let tag: Int64

    /// Bits of a pattern below the tag.
    private static let patternBits: Int64 = 16
    /// The most components of a vector of Milvus.
    private static let mostDimensions = 32_768

    /// Lays out a space in a collection.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when Milvus cannot hold its vectors.
    init(_ space: EmbeddingSpace, generation: String) throws(RecError) {
        self.space = space
        var offsets: [Int] = []
        var end = 0
        for block in space.blocks {
            offsets.append(end)
            end += block.dimension
        }
        guard space.blocks.count <= Self.patternBits, (1...Self.mostDimensions).contains(end) else {
            throw RecError(
                .invalidSetting,
                "The blocks have \(end) components together; Milvus holds 1 to \(Self.mostDimensions), in up to "
                    + "\(Self.patternBits) blocks. Encode attributes with fewer categories."
            )
        }
        self.offsets = offsets
        dimension = end
        var writer = ByteWriter()
        writer.write(space)
        writer.write(contentsOf: Array(generation.utf8))
        var hash = SHA256()
        hash.update(writer.bytes)
        let number: Int64 = hash.digest.prefix(6).reduce(0) { $0 << 8 | Int64($1) }
        tag = (number >> 1) << Self.patternBits
    }

    /// The pattern of an embedding: the tag, and a bit for each block that is present.
    func pattern(of embedding: Embedding) -> Int64 {
        tag | blocks(of: embedding)
    }

    private func blocks(of embedding: Embedding) -> Int64 {
        space.blocks.enumerated().reduce(0) { $0 | (embedding[$1.element.name] == nil ? 0 : 1 << Int64($1.offset)) }
    }

    /// The pattern of a product that has all blocks.
    var wholePattern: Int64 { tag | (1 << Int64(space.blocks.count) - 1) }

    /// The blocks of a pattern, a bit each; `nil` for a pattern of another space.
    func blocks(ofPattern pattern: Int64) -> Int64? {
        let mask: Int64 = 1 << Self.patternBits - 1
        return pattern & ~mask == tag ? pattern & mask : nil
    }

    /// Appends the unit blocks one behind the other, zeros for one that is missing.
    func append(_ embedding: Embedding, to vector: inout [Float]) {
        for block in space.blocks {
            let given = embedding[block.name]
            if let components = given?.vector?.components ?? given?.codes?.dense {
                vector += components
            } else {
                vector += repeatElement(0, count: block.dimension)
            }
        }
    }

    /// The embedding of a row, from its vector and its blocks of codes.
    ///
    /// - Throws: `RecError` with code `collectionReplaced` when the row does not fit the space.
    func embedding(pattern: Int64, vector: ArraySlice<Float>, codes: Embedding) throws(RecError) -> Embedding {
        guard let blocks = blocks(ofPattern: pattern), vector.count == dimension else { throw replaced }
        var embedding = codes
        for (position, block) in space.blocks.enumerated() {
            guard let recipe = block.recipe, blocks >> Int64(position) & 1 == 1 else { continue }
            let start = vector.startIndex + offsets[position]
            let components = Array(vector[start..<start + block.dimension])
            guard let stored = DenseVector(stored: components, recipe: recipe) else { throw replaced }
            embedding[block.name] = .dense(stored)
        }
        return embedding
    }

    /// Checks that patterns are those of the collection that was opened.
    ///
    /// - Throws: `RecError` with code `collectionReplaced`.
    func check(patterns: [Int64]) throws(RecError) {
        guard patterns.allSatisfy({ blocks(ofPattern: $0) != nil }) else { throw replaced }
    }

    /// The error for a collection that is not the one that was opened.
    var replaced: RecError {
        RecError(
            .collectionReplaced,
            "The collection was replaced since it was opened, or another program writes to it. Open it anew."
        )
    }

    /// A bound of the difference between a score of Milvus and one of the kernels.
    ///
    /// A dot product of *n* terms in single precision is off by *n* · 2^-24 at most, whatever the order of the additions,
    /// since both vectors have unit length; the kernels are within 1e-6.
    var scoreError: Double { Double(dimension + 4) * 0x1p-24 + 1e-6 }
}
