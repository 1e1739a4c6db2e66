import RecCore
import RecTesting
import Testing

@Suite struct Embeddings {
    @Suite struct `Dense vectors` {
        @Test(arguments: [[3, 4], [1e-30, 0], [-2e30, 1e30], [0.1, 0.2, 0.3]] as [[Float]])
        func `they have unit length`(values: [Float]) throws {
            let vector = try DenseVector(normalizing: values, recipe: [:])
            let squares = vector.components.reduce(0.0) { $0 + Double($1) * Double($1) }
            #expect(abs(squares - 1) < 1e-6)
            #expect(vector.dimension == values.count)
            #expect(zip(vector.components, values).allSatisfy { $0 * $1 >= 0 })
        }

        @Test(arguments: [[], [0, 0], [1, .nan], [.infinity, 1]] as [[Float]])
        func `values without a direction are refused`(values: [Float]) {
            let error = #expect(throws: RecError.self) { try DenseVector(normalizing: values, recipe: [:]) }
            #expect(error?.code == .invalidVector)
        }

        @Test func `components of unit length are kept bit by bit and rough ones are scaled`() throws {
            let exact = try DenseVector(normalizing: [0.1, 0.7, -0.3], recipe: [:])
            #expect(DenseVector(unit: exact.components, recipe: [:]) == exact)
            let rough = DenseVector(unit: exact.components.map { $0 * 1.0003 }, recipe: [:])
            #expect(zip(rough.components, exact.components).allSatisfy { abs($0 - $1) < 1e-6 })
        }

        @Test(arguments: [
            (0.6, 0.8, true), (0.6, 0.80004, true), (0.6, 0.8001, false), (0.6, .nan, false), (0, 0, false),
        ])
        func `stored components have unit length or are damaged`(_ x: Float, _ y: Float, _ isWhole: Bool) {
            #expect((DenseVector(stored: [x, y], recipe: [:]) != nil) == isWhole)
        }

        @Test(arguments: 1...9)
        func `components count at every place`(count: Int) {
            for place in 0..<count {
                var components = [Float](repeating: 0, count: count)
                components[place] = 0.9996
                #expect(DenseVector(unit: components, recipe: [:]).components[place] == 1)
            }
        }
    }

    @Suite struct Recipes {
        let recipe: Recipe = ["backbone": "resnet50", "weights": "0676ba61", "layer": "pooled"]

        @Test func `a recipe tells where another differs`() {
            #expect(recipe.differences(from: recipe).isEmpty)
            let other: Recipe = ["backbone": "resnet50", "weights": "11ad3fa6", "pooling": "gem"]
            #expect(
                recipe.differences(from: other) == [
                    "weights: 0676ba61 is not 11ad3fa6", "layer: pooled is not none", "pooling: none is not gem",
                ]
            )
            #expect(recipe["backbone"] == "resnet50")
            #expect(recipe["none"] == nil)
        }

        @Test func `an embedding of another recipe, kind, block or dimension does not fit a space`() throws {
            let attributes = AttributeSpace(attributes: [.init(name: "colour", categories: [.value("Red")])])
            let space = EmbeddingSpace(blocks: [
                .init(name: .image, kind: .dense(dimension: 2, recipe: recipe)),
                .init(name: .metadata, kind: .oneHot(attributes)),
            ])
            func code(_ name: BlockName, _ block: Embedding.Block) -> RecError.Code? {
                do throws(RecError) {
                    try space.validate(Embedding([name: block]))
                    return nil
                } catch { return error.code }
            }
            let heavier = AttributeSpace(attributes: [.init(name: "colour", categories: [.value("Red")], weight: 2)])
            let good = try DenseVector(normalizing: [1, 1], recipe: recipe)
            #expect(code(.image, .dense(good)) == nil)
            #expect(code(.metadata, .oneHot(try AttributeCodes(columns: [0], space: attributes))) == nil)
            #expect(code("text", .dense(good)) == .recipeMismatch)
            #expect(code(.metadata, .dense(good)) == .recipeMismatch)
            #expect(code(.metadata, .oneHot(try AttributeCodes(columns: [0], space: heavier))) == .recipeMismatch)
            #expect(code(.image, .dense(try DenseVector(normalizing: [1, 1], recipe: [:]))) == .recipeMismatch)
            #expect(
                code(.image, .dense(try DenseVector(normalizing: [1, 1, 1], recipe: recipe))) == .dimensionMismatch
            )
            let empty = #expect(throws: RecError.self) { try space.validate(Embedding([:])) }
            #expect(empty?.code == .noSharedBlock)
        }
    }
}
