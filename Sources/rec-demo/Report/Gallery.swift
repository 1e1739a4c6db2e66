import RecCore
import RecImage
import RecMath

/// Chooses what the gallery page shows and gathers it: rows, neighbours at every weight, thumbnails.
final class Gallery<Base: SimilarityIndex> {
    /// The pictures that could not be made into thumbnails.
    private(set) var unreadablePictures: [String] = []

    private let index: Base
    private let recommender: Recommender<Base>
    private let scale: WeightScale
    private let count: Int
    private var pictures: [[UInt8]] = []
    private var pictureNumbers: [ProductID: Int?] = [:]

    /// More than the height of a neighbour's picture, for dense screens.
    private let thumbnailSide = 320
    /// The attributes whose values make rows differ, the most telling first.
    private let kinds = ["articleType", "subCategory", "masterCategory"]

    init(index: Base, weights: BlockWeights, count: Int) {
        self.index = index
        self.count = count
        recommender = Recommender(index: index)
        scale = WeightScale(start: weights[.image], space: index.space)
    }

    /// The page: rows of different kinds, those of the most products first.
    func page(title: String, indexName: String, rows: Int) async throws -> GalleryPage {
        let products = try await index.map(index.allIDs(), ProductContents(product: true)) { $0?.product }
            .compactMap(\.self)
        var shown: [GalleryRow] = []
        for query in try await queries(rows, among: products) {
            shown.append(GalleryRow(query: card(of: query), pool: try await pool(of: query), count: count))
        }
        return GalleryPage(
            title: title,
            subtitle: "\(shown.count) of \(products.count) products, each beside those most like it.",
            facts: facts(indexName: indexName, count: products.count),
            scale: scale,
            rows: shown,
            pictures: pictures
        )
    }

    /// Every product that is among the nearest at some weight of the scale, ascending by identifier.
    private func pool(of query: Product) async throws -> [NeighborCard] {
        let found = try await index.products([query.id], ProductContents(blocks: .all))
        guard let embedding = found[0]?.embedding, !embedding.blocks.isEmpty else { return [] }
        let searches = try scale.imageWeights.map { weight in
            let weighting = Weighting(try BlockWeights(image: weight))
            return SearchQuery(embedding, count: count, weighting: weighting, excluded: [query.id])
        }
        var cosines: [ProductID: BlockCosines] = [:]
        for neighbor in try await index.search(searches).joined() { cosines[neighbor.id] = neighbor.cosines }
        let ids = cosines.keys.sorted()
        let parts = try await attributeParts(of: ids, for: query.id)
        return zip(ids, try await index.products(ids, ProductContents(product: true))).compactMap { id, found in
            found?.product.map { product in
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
    private func attributeParts(of ids: [ProductID], for query: ProductID) async throws -> [ProductID: [ScorePart]] {
        guard !ids.isEmpty else { return [:] }
        var question = RecommendationQuery(likes: [.product(query)], count: ids.count)
        question.pinned = ids
        question.weighting = Weighting(try BlockWeights(image: 0))
        return try await recommender.recommend(question).reduce(into: [:]) { parts, recommendation in
            parts[recommendation.id] = recommendation.parts.filter { part in
                if case .attribute = part.source { true } else { false }
            }
        }
    }

    private func facts(indexName: String, count: Int) -> [LabeledText] {
        var facts = [LabeledText("Index", indexName), LabeledText("Products", "\(count)")]
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
    private func queries(_ limit: Int, among products: [Product]) async throws -> [Product] {
        let attributes = try await index.attributeNames()
        let kind = kinds.first { attributes.contains($0) }
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
            PictureReader().read(.file(picture), scale: .reduced(shortSide: thumbnailSide)).image
                .thumbnail(longSide: thumbnailSide)
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
