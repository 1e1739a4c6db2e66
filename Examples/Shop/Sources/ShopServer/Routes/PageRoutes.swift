import Foundation
import Hummingbird
import NIOCore

/// The page of the shop.
struct PageRoutes {
    let generations: GenerationSwitch
    let facets: FacetCache

    /// Products of the first view.
    private static let firstCount = 24

    func add(to router: some RouterMethods<ShopContext>) {
        router.get("/") { request, _ in try await document(for: request) }
    }

    /// What the script of the page begins with.
    private struct FirstView: Encodable {
        let facets: [Facets.Facet]
        let products: ProductPage
        let writable: Bool
        let pictureSearch: Bool
    }

    private func document(for request: Request) async throws -> Response {
        try await generations.withCurrent { generation in
            let view = FirstView(
                facets: try await facets.facets(of: generation).facets.facets,
                products: try await generation.page(matching: nil, offset: 0, count: Self.firstCount),
                writable: generation.token != nil && generation.embedder != nil,
                pictureSearch: generation.network != nil
            )
            let encoder = JSONEncoder()
            // The order is fixed, so that the same content has the same validator.
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let json = String(decoding: try encoder.encode(view), as: UTF8.self)
            let document = ByteBuffer(string: PageFiles.document(data: json))
            return .cached(
                document,
                tag: document.tag,
                type: "text/html; charset=utf-8",
                for: request,
                cacheControl: "no-cache",
                headers: [.contentSecurityPolicy: PageFiles.contentPolicy]
            )
        }
    }
}
