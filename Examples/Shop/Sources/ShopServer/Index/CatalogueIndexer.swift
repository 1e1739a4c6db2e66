import Foundation
import Logging
import NIOPosix
import RecCore
import RecImage
import RecIndex
import RecMetadata

/// Makes a live folder with the products of a catalogue.
struct CatalogueIndexer {
    let settings: ShopSettings
    let catalog: String
    let logger: Logger

    /// The values above which an attribute is free text, such as a name, and is not compared by.
    private static let mostCategories = 500

    /// Reads the catalogue, embeds its products and stores them, all at once.
    ///
    /// The folder appears when all products are embedded; a start that was stopped before begins anew.
    ///
    /// - Throws: The errors of catalogue, weights and folder.
    func fill() async throws -> OpenIndex {
        let products = try await read()
        let encoder = try await OneHotEncoder.fitted(to: products, attributes: attributes(of: products))
        let network = try await NIOThreadPool.singleton.runIfActive { try PictureNetwork.forNewIndex(settings) }
        logger.info("Indexing the catalogue.", metadata: ["catalog": "\(catalog)", "products": "\(products.count)"])
        let live =
            if let network {
                try await store(products, encoder, embedder: embedder(network, encoder))
            } else {
                try await store(products, encoder, embedder: ProductEmbedder(encoder: encoder))
            }
        return OpenIndex(live: live, path: settings.index)
    }

    private func embedder(_ network: PictureNetwork, _ encoder: OneHotEncoder) -> ProductEmbedder<PictureSource> {
        ProductEmbedder(extractor: network, encoder: encoder, threads: settings.threads, batch: 4) { product in
            product.pictures.map { .file($0) }
        }
    }

    private func store(
        _ products: [Product],
        _ encoder: OneHotEncoder,
        embedder: ProductEmbedder<some Sendable>
    ) async throws -> LiveIndex {
        var embedded: [EmbeddedProduct] = []
        let report = try await embedder.embed(products) {
            embedded.append($0)
        } progress: { progress in
            logger.debug("Indexing the catalogue.", metadata: ["done": "\(progress.done)"])
        }
        for failure in report.failures.prefix(20) {
            logger.warning(
                "A product was indexed without its picture, or not at all.",
                metadata: ["reason": "\(failure)"]
            )
        }
        var notes = encoder.notes
        if embedder.space.blocks.contains(where: { $0.name == .image }) {
            notes["weights"] = URL(filePath: settings.weights ?? PictureNetwork.defaultWeights).standardizedFileURL.path
        }
        // The folder has another name until it is whole.
        let path = settings.index.hasSuffix("/") ? String(settings.index.dropLast()) : settings.index
        let part = path + ".part"
        let options = LiveIndex.Options(graph: settings.recall < 1)
        let index = try await NIOThreadPool.singleton.runIfActive { [notes] in
            try? FileManager.default.removeItem(atPath: part)
            return try LiveIndex(path: part, space: embedder.space, notes: notes, options: options)
        }
        try await index.upsert(embedded)
        // A large catalogue is then searched by a graph and by codes.
        try await index.compact()
        try await index.close()
        let live = try await NIOThreadPool.singleton.runIfActive {
            try FileManager.default.moveItem(atPath: part, toPath: path)
            return try LiveIndex(path: path, options: options)
        }
        logger.info(
            "Indexed the catalogue.",
            metadata: ["products": "\(embedded.count)", "failures": "\(report.failures.count)"]
        )
        return live
    }

    /// The products of a folder in the Kaggle layout, or of a file in JSON Lines or CSV.
    private func read() async throws -> [Product] {
        let path = URL(filePath: catalog).standardizedFileURL.path
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let name = path.lowercased()
        let reader: any CatalogueReader =
            if isFolder.boolValue || !isThere {
                KaggleCatalogue(path: path)
            } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
                JSONLinesCatalogue(path: path)
            } else {
                CSVCatalogue(path: path)
            }
        let catalogue = try await reader.read()
        logger.info("Read the catalogue.", metadata: ["report": "\(catalogue.report)"])
        return catalogue.products
    }

    /// The attributes to compare by: those of the settings, or those that are neither numbers nor free text.
    private func attributes(of products: [Product]) -> [AttributeEncoding] {
        guard settings.attributes.isEmpty else { return settings.attributes.map { AttributeEncoding($0) } }
        var values: [String: Set<String>] = [:]
        for product in products {
            for (name, found) in product.attributes { values[name, default: []].formUnion(found.values) }
        }
        let usable = values.filter { _, values in
            values.count <= Self.mostCategories && !values.allSatisfy { Double($0) != nil }
        }
        return usable.keys.sorted().map { AttributeEncoding($0) }
    }
}
