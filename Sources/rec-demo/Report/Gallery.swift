import RecCore
import RecImage
import RecIndex

/// Chooses what the gallery page shows and gathers it: rows, neighbours, thumbnails.
final class Gallery {
    /// The pictures that could not be made into thumbnails.
    private(set) var unreadablePictures: [String] = []

    private let index: any StoredIndex
    private let weights: BlockWeights
    private let count: Int
    private var thumbnails: [ProductID: [UInt8]?] = [:]

    /// Twice the height at which they are shown, for dense screens.
    private static let thumbnailSide = 320
    /// The attributes whose values make rows differ, the most telling first.
    private static let kinds = ["articleType", "subCategory", "masterCategory"]

    init(index: any StoredIndex, weights: BlockWeights, count: Int) {
        self.index = index
        self.weights = weights
        self.count = count
    }

    /// The page: rows of different kinds, those of the most products first.
    func page(title: String, indexName: String, rows: Int) throws -> GalleryPage {
        let recommender = Recommender(index: index, fusion: WeightedFusion(weights))
        let rows = try queries(rows).map { query in
            GalleryRow(
                query: card(of: query),
                neighbors: try recommender.similar(to: query.id, count: count).compactMap(card)
            )
        }
        return GalleryPage(
            title: title,
            subtitle: "\(rows.count) of \(index.count) products, each beside those most like it.",
            facts: facts(indexName: indexName),
            rows: rows
        )
    }

    private func facts(indexName: String) -> [LabeledText] {
        var facts = [LabeledText("Index", indexName), LabeledText("Products", "\(index.count)")]
        for block in index.space.blocks {
            let share = "weight \(weights[block.name].formatted(digits: 2))"
            switch block.kind {
            case .dense(let dimension, let recipe):
                facts.append(LabeledText("Pictures", "\(recipe["backbone"] ?? "?"), \(dimension) features, \(share)"))
            case .oneHot(let space):
                let names = space.attributes.map { HTML.words($0.name) }.joined(separator: ", ")
                facts.append(LabeledText("Attributes", "\(names), \(share)"))
            }
        }
        return facts
    }

    /// One product of each kind, with a picture where there is one, until there are enough.
    private func queries(_ limit: Int) -> [Product] {
        let products = index.ids.compactMap(index.product)
        let kind = Self.kinds.first { index.attributes.contains($0) }
        let groups = Dictionary(grouping: products) { product in kind.flatMap { product[$0].first } ?? "" }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { group in group.value.filter { $0.picture != nil } + group.value.filter { $0.picture == nil } }
        let deepest = groups.map(\.count).max() ?? 0
        let inTurn = (0..<deepest).lazy.flatMap { turn in groups.lazy.filter { turn < $0.count }.map { $0[turn] } }
        return Array(inTurn.prefix(limit))
    }

    private func card(of product: Product) -> ProductCard {
        let encoded = index.space.blocks.flatMap { block in
            if case .oneHot(let space) = block.kind { space.attributes.map(\.name) } else { [String]() }
        }
        let attributes = encoded.compactMap { name in
            let values = product[name].values.joined(separator: ", ")
            return values.isEmpty ? nil : LabeledText(name, values)
        }
        return ProductCard(
            id: product.id.rawValue,
            title: product.title ?? "",
            attributes: attributes,
            thumbnail: thumbnail(of: product)
        )
    }

    private func card(of neighbor: Neighbor) -> ProductCard? {
        guard let product = index.product(neighbor.id) else { return nil }
        var card = card(of: product)
        card.score = neighbor.score
        card.imageCosine = neighbor.cosines[.image]
        card.metadataCosine = neighbor.cosines[.metadata]
        let present = neighbor.cosines.names.filter { neighbor.cosines[$0] != nil }
        let total = present.reduce(0) { $0 + weights[$1] }
        card.parts = present.map { name in
            ScorePart(name: name.rawValue, value: weights[name] * (neighbor.cosines[name] ?? 0) / total)
        }
        return card
    }

    private func thumbnail(of product: Product) -> [UInt8]? {
        guard let picture = product.picture else { return nil }
        if let known = thumbnails[product.id] { return known }
        let decoder = JPEGDecoder(mode: .fast(targetShortSide: Self.thumbnailSide))
        let bytes = try? JPEGEncoder(quality: 80).encode(
            decoder.decode(contentsOf: picture).image.thumbnail(longSide: Self.thumbnailSide)
        )
        if bytes == nil { unreadablePictures.append(picture) }
        thumbnails[product.id] = .some(bytes)
        return bytes
    }
}
