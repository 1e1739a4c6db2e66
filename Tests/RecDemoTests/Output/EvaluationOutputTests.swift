import Foundation
import RecCore
import RecEvaluation
import RecTesting
import Testing
import rec_demo

@Suite struct `Output of an evaluation` {
    // Neighbours of a: c b, of b: a c, of c: a b, of d: b c; a and b are shirts, c and d are shoes.
    private func output(duplicates: NearDuplicates? = nil) async throws -> EvaluationOutput {
        let comparison = try await Evaluation(.sharing("kind"), count: 2).compare(
            [Evaluation.System("fused", SmallCatalogue.halves())],
            on: SmallCatalogue.index(),
            bootstrap: Bootstrap(seed: 1),
            threads: 1
        )
        return EvaluationOutput(comparison: comparison, relevantBy: "kind", duplicates: duplicates)
    }

    @Test(arguments: [("kind", false), ("shop", true)])
    func `a judge of a single value is warned of`(attribute: String, warns: Bool) async throws {
        let index = try SmallCatalogue.index()
        let items = try index.ids.map { id in
            var product = try #require(index.product(id))
            product.attributes["shop"] = "Ours"
            return EmbeddedProduct(product: product, embedding: try #require(index.embedding(of: id)))
        }
        let comparison = try await Evaluation(.sharing(attribute), count: 2).compare(
            [Evaluation.System("fused", SmallCatalogue.halves())],
            on: ReferenceIndex(space: SmallCatalogue.space, products: items),
            bootstrap: Bootstrap(seed: 1),
            threads: 1
        )
        let output = EvaluationOutput(comparison: comparison, relevantBy: attribute, duplicates: nil)
        #expect((output.warning?.contains("same value for shop") == true) == warns)
    }

    @Test func `fields come in their order`() async throws {
        let fields = try #require(try await fields(output().json))
        #expect(
            fields.map(\.0) == [
                "queries", "precision@2", "recall@2", "ndcg@2", "map@2", "mrr@2", "diversity@2", "coverage@2", "gini@2",
                "hubness@2", "antiHubs@2", "greatestHub@2", "intervals", "relevantBy", "asked", "withoutValue",
                "withoutRelevant",
            ]
        )
        let text = Dictionary(uniqueKeysWithValues: fields.map { ($0.0, $0.1.text) })
        #expect(text["queries"] == "4")
        #expect(text["precision@2"] == "0.375")
        #expect(text["recall@2"] == "0.75")
        #expect(text["map@2"] == "0.5")
        #expect(text["mrr@2"] == "0.5")
        #expect(text["coverage@2"] == "0.75")
        #expect(text["antiHubs@2"] == "0.25")
        #expect(text["relevantBy"] == "\"kind\"")
        #expect(text["asked"] == "4")
        #expect(text["withoutValue"] == "0")
        #expect(text["withoutRelevant"] == "0")
        let gain = try #require(text["ndcg@2"].flatMap { Double($0) })
        #expect(abs(gain - (1 + 2 / log2(3.0)) / 4) < 1e-12)
    }

    @Test func `every metric has its interval`() async throws {
        let fields = try #require(try await fields(output().json))
        let intervals = try #require(self.fields(fields.first { $0.0 == "intervals" }?.1))
        #expect(intervals.map(\.0) == ["precision@2", "recall@2", "ndcg@2", "map@2", "mrr@2"])
        #expect(intervals.allSatisfy { self.fields($0.1)?.map(\.0) == ["mean", "lower", "upper"] })
    }

    @Test func `near duplicates come last`() async throws {
        let duplicates = try await NearDuplicates.find(in: SmallCatalogue.index(), threshold: 0.25, threads: 1)
        let output = try await output(duplicates: duplicates)
        let last = try #require(fields(output.json)?.last)
        #expect(last.0 == "nearDuplicates")
        #expect(
            last.1.text == #"{"threshold":0.25,"count":2,"crowded":0,"pairs":[{"first":"a","second":"b","cosine":0.5},"#
                + #"{"first":"b","second":"d","cosine":0.5}],"groups":[["a","b","d"]]}"#
        )
        #expect(
            output.text.hasSuffix(
                "\n2 pairs of pictures with a cosine of 0.25 or more link 3 products in 1 groups\n  a b d"
            )
        )
    }

    @Test func `the table begins with what it is about`() async throws {
        let lines = try await output().text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[0]
                == "4 queries by kind, 2 neighbours each; 0 products without a value and 0 with nothing relevant to "
                + "them are left out. Intervals hold 95 %."
        )
        #expect(lines[1].isEmpty)
        #expect(lines.contains { $0.hasPrefix("precision@2") && $0.contains("0.375") })
    }

    private func fields(_ value: JSONValue?) -> [(String, JSONValue)]? {
        if case .object(let fields) = value { fields } else { nil }
    }
}
