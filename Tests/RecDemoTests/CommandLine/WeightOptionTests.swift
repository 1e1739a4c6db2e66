import ArgumentParser
import RecCore
import Testing
import rec_demo

@Suite struct `Options of weights` {
    @Test func `without an image weight the standard counts`() throws {
        #expect(try ImageWeightOption.parse([]).weights == .standard)
    }

    @Test(arguments: [("0", 0.0), ("0.35", 0.35), ("1", 1)])
    func `the attributes get what the picture leaves`(text: String, image: Double) throws {
        let weights = try ImageWeightOption.parse(["--image-weight", text]).weights
        #expect(weights[.image] == image)
        #expect(weights[.metadata] == 1 - image)
    }

    @Test func `weights of attributes are read by name, the last one counts`() throws {
        let options = try AttributeWeightOption.parse([
            "--attribute-weight", "season=0", "--attribute-weight", "colour=2.5", "--attribute-weight", "a=b=1e-1",
            "--attribute-weight", "season=3",
        ])
        #expect(options.weights == ["season": 3, "colour": 2.5, "a=b": 0.1])
    }

    @Test func `both make one weighting`() throws {
        let attributes = try AttributeWeightOption.parse(["--attribute-weight", "season=0"])
        let weighting = try ImageWeightOption.parse(["--image-weight", "0.25"]).weighting(attributes)
        #expect(weighting == Weighting(try BlockWeights(image: 0.25), attributes: ["season": 0]))
    }
}
