import RecCore
import RecImage
import RecIndex
import RecMath

/// Chooses what the gallery page shows and gathers it: rows, neighbours at every weight, thumbnails.
final class Gallery {
    /// The pictures that could not be made into thumbnails.
    private(set) var unreadablePictures: [String] = []

    private let index: Index
    private let recommender: Recommender<Index>
    private let scale: WeightScale
    private let count: Int
    private var pictures: [[UInt8]] = []
    private var pictureNumbers: [ProductID: Int?] = [:]

    /// More than the height of a neighbour's picture, for dense screens.
    private static let thumbnailSide = 320
    /// The attributes whose values make rows differ, the most telling first.
    private static let kinds = ["articleType", "subCategory", "masterCategory"]

    init(index: Index, weights: BlockWeights, count: Int) {
        self.index = index
        self.count = count
        recommender = Recommender(index: index)
        scale = WeightScale(start: weights[.image], space: index.space)
    }

    /// The page: rows of different kinds, those of the most products first.
    func page(title: String, indexName: String, rows: Int) throws -> GalleryPage {
        let rows = try queries(rows).map { query in
            GalleryRow(query: card(of: query), pool: try pool(of: query), count: count)
        }
        return GalleryPage(
            title: title,
            subtitle: "\(rows.count) of \(index.count) products, each beside those most like it.",
            facts: facts(indexName: indexName),
            scale: scale,
            rows: rows,
            pictures: pictures
        )
    }

    /// Every product that is among the nearest at some weight of the scale, ascending by identifier.
    private func pool(of query: Product) throws -> [NeighborCard] {
        guard let embedding = try index.embedding(of: query.id), !embedding.blocks.isEmpty else { return [] }
        var cosines: [ProductID: BlockCosines] = [:]
        for weight in scale.imageWeights {
            let weighting = Weighting(try BlockWeights(image: weight))
            for neighbor in try recommender.similar(to: query.id, count: count, weighting: weighting) {
                cosines[neighbor.id] = neighbor.cosines
            }
        }
        let ids = cosines.keys.sorted()
        let parts = try attributeParts(of: ids, for: query.id)
        return ids.compactMap { id in
            index.product(id).map { product in
                NeighborCard(
                    product: card(of: product),
                    imageCosine: cosines[id]?[.image],
                    metadataCosine: cosines[id]?[.metadata],
                    attributeParts: parts[id] ?? []
                )
            }
        }
    }

    /// What each attribute adds to the cosine of the attributes: the reasons of a recommendation by attributes alone.
    private func attributeParts(of ids: [ProductID], for query: ProductID) throws -> [ProductID: [ScorePart]] {
        guard !ids.isEmpty else { return [:] }
        var question = RecommendationQuery(likes: [.product(query)], count: ids.count)
        question.pinned = ids
        question.weighting = Weighting(try BlockWeights(image: 0))
        return try recommender.recommend(question).reduce(into: [:]) { parts, recommendation in
            parts[recommendation.id] = recommendation.parts.filter { part in
                if case .attribute = part.source { true } else { false }
            }
        }
    }

    private func facts(indexName: String) -> [LabeledText] {
        var facts = [LabeledText("Index", indexName), LabeledText("Products", "\(index.count)")]
        for block in index.space.blocks {
            let share = "weight \(weight(of: block.name).decimals(2))"
            if let recipe = block.recipe {
                let backbone = recipe["backbone"] ?? "?"
                facts.append(LabeledText("Pictures", "\(backbone), \(block.dimension) features, \(share)"))
            } else if let attributes = block.attributes?.attributes {
                let names = attributes.map { HTML.words($0.name) }.joined(separator: ", ")
                facts.append(LabeledText("Attributes", "\(names), \(share)"))
            }
        }
        return facts
    }

    private func weight(of block: BlockName) -> Double {
        switch block {
        case .image: scale.startingWeight
        case .metadata: 1 - scale.startingWeight
        default: 0
        }
    }

    /// One product of each kind, with a picture where there is one, until there are enough.
    private func queries(_ limit: Int) -> [Product] {
        let products = index.page(after: nil, count: index.count).compactMap(index.product)
        let kind = Self.kinds.first { index.attributes.contains($0) }
        let groups = Dictionary(grouping: products) { product in kind.flatMap { product[$0].first } ?? "" }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { group in group.value.filter { $0.picture != nil } + group.value.filter { $0.picture == nil } }
        let deepest = groups.map(\.count).max() ?? 0
        let inTurn = (0..<deepest).lazy.flatMap { turn in groups.lazy.filter { turn < $0.count }.map { $0[turn] } }
        return Array(inTurn.prefix(limit))
    }

    private func card(of product: Product) -> ProductCard {
        let encoded = index.space.blocks.flatMap { $0.attributes?.attributes.map(\.name) ?? [] }
        let attributes = encoded.compactMap { name in
            let values = product[name].values.joined(separator: ", ")
            return values.isEmpty ? nil : LabeledText(name, values)
        }
        return ProductCard(
            id: product.id.rawValue,
            title: product.title ?? "",
            attributes: attributes,
            picture: picture(of: product)
        )
    }

    /// The number of the product's thumbnail, which is made when it is asked for first.
    private func picture(of product: Product) -> Int? {
        guard let picture = product.picture else { return nil }
        if let known = pictureNumbers[product.id] { return known }
        let bytes = try? JPEGEncoder(quality: 80).encode(
            PictureReader().read(.file(picture), scale: .reduced(shortSide: Self.thumbnailSide)).image
                .thumbnail(longSide: Self.thumbnailSide)
        )
        guard let bytes else {
            unreadablePictures.append(picture)
            pictureNumbers[product.id] = .some(nil)
            return nil
        }
        pictures.append(bytes)
        pictureNumbers[product.id] = pictures.count - 1
        return pictures.count - 1
    }
}
