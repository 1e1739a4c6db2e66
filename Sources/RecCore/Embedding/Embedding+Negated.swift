extension Embedding {
    /// The opposite embedding, whose cosines with any other are those of this one with the other sign.
    var negated: Embedding {
        get throws(RecCoreError) {
            var result = Embedding([:])
            for (name, block) in blocks {
                switch block {
                case .dense(let vector):
                    result[name] = .dense(DenseVector(unit: vector.components.map { -$0 }, recipe: vector.recipe))
                case .oneHot(let codes):
                    result[name] = .mixture(try AttributeMixture([.init(codes: codes, weight: -1)]))
                case .mixture(let mixture):
                    let terms = mixture.terms.map { AttributeMixture.Term(codes: $0.codes, weight: -$0.weight) }
                    result[name] = .mixture(try AttributeMixture(terms))
                }
            }
            return result
        }
    }
}
