import RecCore
import RecEvaluation
import RecIndex
import RecTesting

/// Made-up products of which it is known what makes them alike.
///
/// Each is of one of several kinds. The attribute `telling` is nearly always that of the kind, `noise` is drawn by chance
/// and `image` is near the point of the kind, more or less. The kind itself is an attribute that is not in the block,
/// unless asked for.
struct LearningCatalogue {
    let index: Index
    let kinds: [ProductID: Int]

    init(
        count: Int = 240,
        kinds kindCount: Int = 12,
        tells: Bool = true,
        imageNoise: Float = 2,
        holdsKind: Bool = false,
        seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<kindCount).map { AttributeSpace.Category.value("\($0)") }
        let names = ["telling", "noise"] + (holdsKind ? ["kind"] : [])
        let attributes = AttributeSpace(attributes: names.map { .init(name: $0, categories: values) })
        let dimension = 8
        let space = EmbeddingSpace(blocks: [
            .init(name: .image, kind: .dense(dimension: dimension, recipe: ["backbone": "made up"])),
            .init(name: .metadata, kind: .oneHot(attributes)),
        ])
        let points = (0..<kindCount).map { _ in (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
        var builder = IndexBuilder(space: space)
        var kinds: [ProductID: Int] = [:]
        for number in 0..<count {
            let kind = Int.random(in: 0..<kindCount, using: &random)
            let isTold = tells && Int.random(in: 0..<10, using: &random) > 0
            let telling = isTold ? kind : Int.random(in: 0..<kindCount, using: &random)
            let noise = Int.random(in: 0..<kindCount, using: &random)
            let codes = [telling, kindCount + noise] + (holdsKind ? [2 * kindCount + kind] : [])
            let image = points[kind].map { $0 + imageNoise * Float.random(in: -1...1, using: &random) }
            let id = ProductID("p\(number)")
            kinds[id] = kind
            try builder.add(
                Product(id: id, attributes: ["kind": ["\(kind)"]]),
                Embedding([
                    .image: .dense(try DenseVector(normalizing: image, recipe: ["backbone": "made up"])),
                    .metadata: .oneHot(try AttributeCodes(columns: codes.map { UInt32($0) }, space: attributes)),
                ])
            )
        }
        index = try builder.build()
        self.kinds = kinds
    }
}
