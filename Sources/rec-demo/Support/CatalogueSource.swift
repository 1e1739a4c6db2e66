import Foundation
import RecCore
import RecImage
import RecIndex
import RecMetadata

#if Postgres
import RecPostgres
#endif

/// What `--catalog` names: the reader of its products, and where their pictures are.
struct CatalogueSource {
    /// Reads the products.
    let reader: any CatalogueReader

    /// The pictures of a product.
    let pictures: @Sendable (Product) -> [PictureSource]

    /// The key of a product's features in a journal; `nil` for that of its files.
    let key: (@Sendable (Product) -> String?)?
}

extension CatalogueSource {
    /// A folder, a file, or a database.
    ///
    /// - Parameters:
    ///   - catalog: The path, or the address of a database.
    ///   - query: The query of products in a database.
    /// - Throws: `RecError` with code `invalidSetting` for an address that cannot be used.
    init(_ catalog: String, query: String?) throws {
        guard Engine(address: catalog) != .postgres else {
            #if Postgres
            try self.init(DatabaseCatalogue(PostgresAddress(catalog), query: query).catalogue)
            return
            #else
            throw Engine.postgres.absence
            #endif
        }
        guard query == nil else {
            throw RecError(.invalidSetting, "--query is for a catalogue in a database: --catalog postgresql://…")
        }
        let reader = CatalogueChoice.reader(of: URL(fileURLWithPath: catalog).standardizedFileURL.path)
        self.init(reader: reader, pictures: { $0.pictures.map { .file($0) } }, key: nil)
    }

    #if Postgres
    /// The products of a database.
    init(_ catalogue: PostgresCatalogue) {
        let outage = OutageNotes("pictures")
        self.init(
            reader: catalogue,
            pictures: { product in
                guard catalogue.hasPictureBytes else { return product.pictures.map { .file($0) } }
                return product.pictures.map { name in
                    .deferred(name: name) {
                        try await catalogue.picture(of: product.id, waiting: .seconds(1)) { outage.note($0) }
                    }
                }
            },
            key: { product in
                guard catalogue.hasPictureBytes else { return FeatureJournal.key(ofFiles: product.pictures) }
                // A digest of the bytes; the file of a journal knows no other.
                return product.pictures.isEmpty ? nil : product.pictures.joined(separator: "\n")
            }
        )
    }
    #endif
}
