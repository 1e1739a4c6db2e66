import RecCore
import Testing
import rec_demo

@Suite struct `The scale of weights` {
    @Test func `steps of a twentieth from 0 to 1`() {
        let scale = WeightScale(start: 0.8, space: SmallCatalogue.space)
        #expect(scale.imageWeights.count == 21)
        #expect(scale.imageWeights.first == 0 && scale.imageWeights.last == 1)
        #expect(scale.imageWeights[7] == 0.35)
        #expect(scale.start == 16)
        #expect(scale.startingWeight == 0.8)
        #expect(scale.isChoice)
    }

    @Test func `the starting weight has a place wherever it lies`() {
        let scale = WeightScale(start: 0.33, space: SmallCatalogue.space)
        #expect(scale.imageWeights.count == 22)
        #expect(scale.imageWeights == scale.imageWeights.sorted())
        #expect(scale.start == 7)
        #expect(scale.startingWeight == 0.33)
    }

    @Test(arguments: [0, 1])
    func `with one block there is nothing to choose`(block: Int) {
        let space = EmbeddingSpace(blocks: [SmallCatalogue.space.blocks[block]])
        let scale = WeightScale(start: 0.8, space: space)
        #expect(scale.imageWeights == [0.8])
        #expect(scale.start == 0)
        #expect(!scale.isChoice)
    }
}
