import Foundation
import RecCore
import RecImage
import RecMetadata
import RecPostgres

/// What `--catalog` names: the reader of its products, and where their pictures are.
struct CatalogueSource {
    /// Reads the products.
    let reader: any CatalogueReader

    /// The pictures of a product.
    let pictures: @Sendable (Product) -> [PictureSource]

    /// The key of a product's features in a journal; `nil` for that of its files.
    let key: (@Sendable (Product) -> String?)?

    /// A folder, a file, or a database.
    ///
    /// - Parameters:
    ///   - catalog: The path, or the address of a database.
    ///   - query: The query of products in a database.
    /// - Throws: `RecError` with code `invalidSetting` for an address that cannot be used, and the errors of the database.
    init(_ catalog: String, query: String?) async throws {
        if DatabaseCatalogue.isAddress(catalog) {
            let source = try DatabaseCatalogue(catalog, query: query).catalogue
            reader = source
            guard try await source.hasPictureBytes() else {
                (pictures, key) = ({ $0.pictures.map { .file($0) } }, nil)
                return
            }
            pictures = { product in
                product.pictures.map { name in .deferred(name: name) { try await source.picture(of: product.id) } }
            }
            // A digest of the bytes; the file of a journal knows no other.
            key = { $0.pictures.isEmpty ? nil : $0.pictures.joined(separator: "\n") }
        } else {
            guard query == nil else {
                throw RecError(.invalidSetting, "--query is for a catalogue in a database: --catalog postgresql://…")
            }
            reader = CatalogueChoice.reader(of: URL(fileURLWithPath: catalog).standardizedFileURL.path)
            (pictures, key) = ({ $0.pictures.map { .file($0) } }, nil)
        }
    }
}

/// A catalogue in a database: `postgresql://user@host:port/database?table=NAME`.
///
/// Instead of `table`, `query` has a query of SQL. `id`, `title` and `picture` name columns other than those, and `folder`
/// is the folder that paths of pictures start from, and that they stay in.
struct DatabaseCatalogue {
    let catalogue: PostgresCatalogue

    /// The table, where one is named.
    let table: String?

    static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    init(_ text: String, query: String?) throws {
        #if Postgres
        let address = try PostgresAddress(text)
        var options = address.options
        func take(_ name: String) -> String? { options.removeValue(forKey: name) }
        table = take("table")
        guard let query = [query, take("query")].compactMap(\.self).first ?? table.map({ "table \(Self.quoted($0))" })
        else {
            throw RecError(.invalidSetting, "Say which products: add ?table=NAME to the address, or --query SQL.")
        }
        var format = JSONLinesFormat()
        if let id = take("id") { format.idField = id }
        if let title = take("title") { format.titleFields = [title] }
        if let picture = take("picture") { format.pictureField = picture }
        format.pictureFolder = take("folder")
        format.allowsPicturesAnywhere = format.pictureFolder == nil
        guard options.isEmpty else {
            throw RecError(
                .invalidSetting,
                "The address has an unknown parameter \(options.keys.sorted().map(\.debugDescription).joined(separator: ", ")); "
                    + "there are table, query, id, title, picture, folder, and those of libpq."
            )
        }
        let pool = try PostgresPool(address.withoutOptions)
        catalogue = PostgresCatalogue(pool, query: PostgresStatement(query), format: format)
        #else
        throw RecError(
            .invalidSetting,
            "This program was built without PostgreSQL. Build it with `--traits Postgres` to use postgresql:// addresses."
        )
        #endif
    }

    /// A table's name as an identifier, with its schema and a point before it if need be.
    private static func quoted(_ name: String) -> String {
        name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            .map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ".")
    }
}
