import Hummingbird
import RecCore

/// Small pictures of products.
struct PictureRoutes {
    let generations: GenerationSwitch
    let cache: PictureCache

    private static let widths = [160, 320, 640]

    func add(to router: some RouterMethods<ShopContext>) {
        router.get("pictures/:id", use: picture)
    }

    /// `GET /pictures/ID?width=160|320|640&v=VERSION`: a JPEG, at most so wide.
    @Sendable private func picture(_ request: Request, _ context: ShopContext) async throws -> Response {
        let id = try context.productID()
        let parameters = try QueryParameters(request)
        let width = try parameters.number("width", in: 1...10_000, default: 320)
        guard Self.widths.contains(width) else {
            throw ShopError.invalidRequest("'width' must be 160, 320 or 640.")
        }
        let version = try parameters.text("v")
        return try await generations.use { generation in
            guard let name = try await generation.index.product(id).picture,
                let path = generation.pictures.file(of: name)
            else { throw ShopError.noPicture }
            let file = try await picture(at: path, width: width, context)
            // A picture has a new name when it is replaced, so that an address with its version always shows the same.
            let isFixed = version == PictureFolders.version(of: name)
            return .cached(
                file.bytes,
                tag: file.tag,
                type: "image/jpeg",
                for: request,
                cacheControl: isFixed ? "public, max-age=31536000, immutable" : "public, max-age=60"
            )
        }
    }

    /// The picture, or the answer that there is none: a file of the catalogue that cannot be read is no fault of the client.
    private func picture(at path: String, width: Int, _ context: ShopContext) async throws -> PictureCache.File {
        do {
            return try await cache.picture(at: path, width: width)
        } catch let error as RecError {
            guard error.kind != .busy else { throw error }
            context.logger.notice("A picture cannot be shown.", metadata: ["error": "\(error)"])
            throw ShopError.noPicture
        }
    }
}
