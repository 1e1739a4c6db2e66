extension Embedding {
    /// The opposite embedding, whose cosines with any other are those of this one with the other sign.
    var negated: Embedding {
        get throws(RecError) {
            var result = Embedding([:])
            for (name, block) in blocks { result[name] = try block.content.negated }
            return result
        }
    }
}
