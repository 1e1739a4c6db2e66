import RecCore
import RecTesting
import Testing
import rec_demo

/// The script of the page ranks by the numbers on the cards; these tests hold it to the formula of RecCore.
@Suite struct `The script of the gallery` {
    struct Card: Sendable {
        let image: Double?
        let metadata: Double?
        var order = 0
    }

    /// What the script says of a card: no score and no parts when it is not ranked.
    struct Answer: Decodable {
        let score: Double?
        let image: Double?
        let metadata: Double?
    }

    static let weights = [0, 0.05, 1 / 3.0, 0.5, 0.8, 0.95, 1]

    static let cards: [Card] = {
        var random = SeededGenerator(seed: 12)
        let cosines: [Double?] =
            [nil, -1, -0.25, 0, 1e-300, 0.5, 1] + (0..<8).map { _ in .random(in: -1...1, using: &random) }
        return cosines.flatMap { image in cosines.map { Card(image: image, metadata: $0) } }
    }()

    @Test(.enabled(if: Node.isInstalled, "Node.js 18 is not installed"), arguments: weights)
    func `scores and parts are those of the formula`(weight: Double) throws {
        let functions = try PageSource.text("scoring.js")
        let answers = try Node.answer(
            [Answer].self,
            to: """
                "use strict";
                \(functions)
                const answers = \(json(Self.cards)).map((card) => {
                  const total = score(card, \(weight));
                  return { score: total, ...(total === null ? {} : partsOf(card, shares(card, \(weight)))) };
                });
                console.log(JSON.stringify(answers));
                """
        )
        let weighting = Weighting(try BlockWeights(image: weight))
        try #require(answers.count == Self.cards.count)
        for (card, answer) in zip(Self.cards, answers) {
            let cosines = BlockCosines(names: [.image, .metadata], values: [card.image, card.metadata])
            let shares = BlockScorer(weighting, names: cosines.names).shares(cosines)
            #expect(answer.score == weighting.score(cosines), "the bits of the index")
            #expect((answer.score == nil) == (shares == nil))
            guard let shares, let image = answer.image, let metadata = answer.metadata, let score = answer.score else {
                continue
            }
            #expect(abs(image - shares[0] * (card.image ?? 0)) <= 1e-12)
            #expect(abs(metadata - shares[1] * (card.metadata ?? 0)) <= 1e-12)
            #expect(abs(image + metadata - score) <= 1e-12)
        }
    }

    @Test(.enabled(if: Node.isInstalled, "Node.js 18 is not installed"), arguments: weights)
    func `cards are ranked by score, then by order, without those that have no score`(weight: Double) throws {
        var random = SeededGenerator(seed: 13)
        // Few cosines, so that many cards tie, in an order that is not theirs.
        let cosines: [Double?] = [nil, 0.25, 0.5, 0.75]
        let cards = (0..<60).map {
            Card(
                image: cosines.randomElement(using: &random) ?? nil,
                metadata: cosines.randomElement(using: &random) ?? nil,
                order: $0
            )
        }
        let functions = try PageSource.text("scoring.js")
        let orders = try Node.answer(
            [Int].self,
            to: """
                "use strict";
                \(functions)
                const row = { count: 40, cards: \(json(cards.shuffled(using: &random))) };
                console.log(JSON.stringify(ranked(row, \(weight)).map(({ card }) => card.order)));
                """
        )
        let weighting = Weighting(try BlockWeights(image: weight))
        let scored = cards.compactMap { card in
            weighting.score(BlockCosines(names: [.image, .metadata], values: [card.image, card.metadata]))
                .map { (score: $0, order: card.order) }
        }
        let expected = scored.sorted { ($1.score, $0.order) < ($0.score, $1.order) }.prefix(40).map(\.order)
        #expect(orders == expected)
    }

    private func json(_ cards: [Card]) -> String {
        JSONValue.array(
            cards.map { card in
                .object([
                    ("image", .optional(card.image)), ("metadata", .optional(card.metadata)),
                    ("order", .integer(card.order)),
                ])
            }
        ).text
    }
}
