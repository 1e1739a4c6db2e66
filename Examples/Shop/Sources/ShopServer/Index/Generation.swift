import Logging
import NIOPosix
import RecCore
import RecImage
import RecMetadata

/// An index with the network and the encoder that made it: what one request works with from beginning to end.
final class Generation: Sendable {
    /// The number of the generation in this process, from 1.
    let number: Int

    /// The index.
    let index: OpenIndex

    /// The network for new pictures; `nil` when there is none.
    let network: PictureNetwork?

    /// Embeds products that are put; `nil` when the index cannot be changed.
    let embedder: Embedder?

    /// What writers must send; `nil` to refuse all changes.
    let token: String?

    /// Where the pictures of its products are.
    let pictures: PictureFolders

    /// The attributes that products are compared by, in the order of the index.
    let attributes: [String]

    /// Embeds one product, with or without pictures.
    enum Embedder: Sendable {
        case withPictures(ProductEmbedder<PictureSource>)
        case attributesAlone(ProductEmbedder<Never>)
    }

    /// Opens what the settings name.
    ///
    /// At the start of the server, a path without an index becomes one with the products of the catalogue. A live folder
    /// that the generation before has open is not opened again.
    ///
    /// - Throws: The errors of the index, its weights and the catalogue.
    static func open(
        _ settings: ShopSettings,
        after previous: Generation? = nil,
        logger: Logger
    ) async throws -> Generation {
        let number = (previous?.number ?? 0) + 1
        if let previous, let folder = previous.index.folder, folder == (try await identity(of: settings.index)) {
            var index = previous.index
            try await setRecall(of: &index, settings, logger)
            return try await Generation(index, settings, number: number, logger: logger)
        }
        var index = try await openIndex(settings, fills: previous == nil, logger)
        do {
            try await setRecall(of: &index, settings, logger)
            return try await Generation(index, settings, number: number, logger: logger)
        } catch {
            try? await index.close()
            throw error
        }
    }

    /// Takes an index that is open already, with the weights that the settings name now.
    private init(_ index: OpenIndex, _ settings: ShopSettings, number: Int, logger: Logger) async throws {
        self.number = number
        self.index = index
        token = settings.token
        (pictures, network) = try await NIOThreadPool.singleton.runIfActive {
            (PictureFolders(settings), try PictureNetwork.open(for: index, settings, logger: logger))
        }
        let encoder = try Self.encoder(of: index)
        attributes = encoder?.space.attributes.map(\.name) ?? []
        guard index.changes != nil, settings.uploadFolder != nil else {
            embedder = nil
            return
        }
        embedder =
            if let network {
                .withPictures(ProductEmbedder(extractor: network, encoder: encoder) { _ in [] })
            } else {
                encoder.map { .attributesAlone(ProductEmbedder(encoder: $0)) }
            }
    }

    private static func setRecall(of index: inout OpenIndex, _ settings: ShopSettings, _ logger: Logger) async throws {
        let measured = try await index.setRecall(settings.recall)
        guard settings.recall < 1 else { return }
        if let measured {
            guard measured.effort != .exact else { return }
            logger.info(
                "Searches are approximate.",
                metadata: ["effort": "\(measured.effort)", "recall": "\(measured.recall)"]
            )
        } else {
            logger.info("The address of the engine says how it is searched, and not the setting recall.")
        }
    }

    private static func identity(of path: String) async throws -> FileIdentity? {
        try await NIOThreadPool.singleton.runIfActive { FileIdentity(path) }
    }

    /// The encoder of an index; `nil` when it compares no attributes.
    private static func encoder(of index: OpenIndex) throws -> OneHotEncoder? {
        do {
            return try OneHotEncoder(space: index.index.space, notes: index.notes)
        } catch let error where error.code == .noSharedBlock {
            return nil
        }
    }

    private static func openIndex(
        _ settings: ShopSettings,
        fills: Bool,
        _ logger: Logger
    ) async throws -> OpenIndex {
        do {
            return try await OpenIndex.open(settings.index, graph: settings.recall < 1)
        } catch let error as RecError {
            guard error.code == .fileNotFound else { throw error }
            guard fills, let catalog = settings.catalog else {
                throw SettingsError(
                    "There is no index at \(settings.index). Name an existing one, or start the server with --catalog to "
                        + "create one."
                )
            }
            return try await CatalogueIndexer(settings: settings, catalog: catalog, logger: logger).fill()
        }
    }
}
