import Foundation
import RecCore
import RecTesting
import rec_demo

/// A gallery page for the tests of its script, with what it must show at each weight, which RecCore computes.
///
/// Its titles and identifiers are hostile. The last row but one has attributes alone, so that nothing in it can be ranked
/// when only pictures count, and the last has no neighbours.
struct ScriptedGallery {
    /// What the script's tests read.
    struct Expected: Encodable {
        let weights: [Double]
        let start: Int
        let titles: [String]
        /// The rows at each weight.
        let ranks: [[Row]]
    }

    struct Row: Encodable {
        let nothing: Bool
        let cards: [Card]
    }

    struct Card: Encodable {
        let id: String
        let rank: String
        let score: String
        let again: String
        let parts: [String]
        let reasons: [[String]]
    }

    private struct Neighbor {
        let id: String
        let cosines: BlockCosines
    }

    static let titles = [
        "Blue \"Oxford\" shirt, men’s", "</script><script>alert('1')</script>", "<!--<b>&amp;--> ]]>",
        "Café 👟 e\u{301} \u{202E}\u{2028}“x”", "{{rows}} ${title} `\\1` $&", "<img src=x onerror=alert(1)>", "",
    ]

    private static let count = 5

    let scale = WeightScale(start: 0.8, space: SmallCatalogue.space)
    private let pools: [[Neighbor]]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Few cosines, so that many cards tie.
        let values = (0..<5).map { _ in Double.random(in: -0.5...1, using: &random) }
        pools = Self.titles.indices.map { row in
            (0..<(row == Self.titles.count - 1 ? 0 : 12)).map { number in
                let image =
                    row == Self.titles.count - 2 || number.isMultiple(of: 5)
                    ? nil : values.randomElement(using: &random)
                let metadata = number.isMultiple(of: 7) && image != nil ? nil : values.randomElement(using: &random)
                return Neighbor(
                    id: "\"><b>&\(row)-\(10 + number)",
                    cosines: BlockCosines(names: [.image, .metadata], values: [image, metadata])
                )
            }
        }
    }

    var page: GalleryPage {
        let query = [LabeledText("gender", "Men"), LabeledText("baseColour", "Blue")]
        let rows = zip(Self.titles, pools).enumerated().map { row, content in
            GalleryRow(
                query: ProductCard(
                    id: "\(row)",
                    title: content.0,
                    attributes: query,
                    picture: row.isMultiple(of: 2) ? 0 : nil
                ),
                pool: content.1.map { card(of: $0, title: content.0) },
                count: Self.count
            )
        }
        return GalleryPage(
            title: "Gallery",
            subtitle: "",
            facts: [],
            scale: scale,
            rows: rows,
            pictures: [[0xFF, 0xD8, 0xFF, 0xD9]]
        )
    }

    private func card(of neighbor: Neighbor, title: String) -> NeighborCard {
        let (image, metadata) = (neighbor.cosines[.image], neighbor.cosines[.metadata])
        let parts = metadata.map {
            [
                ScorePart(.attribute("gender"), value: $0, shared: ["Men"]),
                ScorePart(.attribute("baseColour"), value: 0, shared: []),
            ]
        }
        return NeighborCard(
            product: ProductCard(
                id: neighbor.id,
                title: title,
                attributes: [LabeledText("gender", "Men"), LabeledText("baseColour", "\"Red\" & <b>")],
                picture: image == nil ? nil : 0
            ),
            imageCosine: image,
            metadataCosine: metadata,
            attributeParts: parts ?? []
        )
    }

    func expected() throws -> Expected {
        Expected(
            weights: scale.imageWeights,
            start: scale.start,
            titles: Self.titles.enumerated().map { $1.isEmpty ? "Product \($0)" : $1 },
            ranks: try scale.imageWeights.map { weight in
                let weighting = Weighting(try BlockWeights(image: weight))
                return pools.map { row(of: $0, weighting: weighting) }
            }
        )
    }

    private func row(of pool: [Neighbor], weighting: Weighting) -> Row {
        let scored = pool.compactMap { neighbor in weighting.score(neighbor.cosines).map { (neighbor, $0) } }
        let ranked = scored.sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }.prefix(Self.count)
        let cards = ranked.enumerated().map { rank, entry in
            card(of: entry.0, score: entry.1, rank: rank + 1, weighting: weighting)
        }
        return Row(nothing: cards.isEmpty, cards: cards)
    }

    private func card(of neighbor: Neighbor, score: Double, rank: Int, weighting: Weighting) -> Card {
        let cosines = neighbor.cosines
        let shares = BlockScorer(weighting, names: cosines.names).shares(cosines) ?? []
        let parts = zip(shares, cosines.values).map { share, cosine in cosine.map { share * $0 } }
        let picture = parts[0].map { [["picture", HTML.signed($0)]] } ?? []
        let attributes = parts[1].map {
            [["same gender (Men)", HTML.signed($0)], ["base colour differs (\"Red\" & <b>)", "+0.00"]]
        }
        return Card(
            id: neighbor.id,
            rank: "\(rank)",
            score: HTML.decimal(score),
            again: HTML.decimal(score),
            parts: parts.compactMap { $0.map { HTML.decimal($0) } },
            reasons: picture + (attributes ?? [])
        )
    }
}
