import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// The page's document, made once for each state of the catalogue.
final class DocumentCache: Sendable {
    /// Products of the first view, and of each page that the script asks for.
    private static let pageSize = 24

    private struct Key: Equatable {
        let state: CatalogueState
        /// Facets may be those of a state a second ago.
        let facets: CatalogueState
    }

    /// What the script of the page begins with.
    private struct FirstView: Encodable {
        let facets: [Facets.Facet]
        let pageSize: Int
        let products: ProductPage
        let pictureSearch: Bool
    }

    private let facets: FacetCache
    private let newest = NIOLockedValueBox<(key: Key, document: TaggedBytes)?>(nil)

    init(facets: FacetCache) {
        self.facets = facets
    }

    /// The document for a catalogue as it is now.
    func document(of generation: Generation) async throws -> TaggedBytes {
        let state = generation.state
        let counted = try await facets.facets(of: generation)
        let key = Key(state: state, facets: counted.state)
        if state.version != nil, let known = newest.withLockedValue({ $0 }), known.key == key { return known.document }
        let document = try await Self.document(of: generation, counted.facets)
        newest.withLockedValue { $0 = (key, document) }
        return document
    }

    private static func document(of generation: Generation, _ facets: Facets) async throws -> TaggedBytes {
        let view = FirstView(
            facets: facets.facets,
            pageSize: pageSize,
            products: try await generation.page(matching: nil, offset: 0, count: pageSize),
            pictureSearch: generation.network != nil
        )
        let encoder = JSONEncoder()
        // The order is fixed, so that the same content has the same validator.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(view), as: UTF8.self)
        return TaggedBytes(ByteBuffer(string: PageFiles.document(data: json)))
    }
}
