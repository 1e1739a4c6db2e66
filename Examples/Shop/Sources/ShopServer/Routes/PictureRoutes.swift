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
        return try await generations.withCurrent { generation in
            var (name, file) = try await picture(of: id, width: width, generation, context)
            // The picture was replaced meanwhile.
            if file == nil { (name, file) = try await picture(of: id, width: width, generation, context) }
            guard let file else { throw ShopError.noPicture }
            // An uploaded picture has a new name when it is replaced; a file of the catalogue may change in its place.
            let isFixed = PictureFolders.isUploaded(name) && version == PictureFolders.version(of: name)
            return .cached(
                file,
                type: "image/jpeg",
                for: request,
                cacheControl: isFixed ? "public, max-age=31536000, immutable" : "public, max-age=60"
            )
        }
    }

    /// The name of a product's picture, and the picture; `nil` when its file cannot be read, which is no fault of the client.
    private func picture(
        of id: ProductID,
        width: Int,
        _ generation: Generation,
        _ context: ShopContext
    ) async throws -> (name: String, file: TaggedBytes?) {
        guard let name = try await generation.index.product(id).picture,
            let path = try await generation.pictures.file(of: name)
        else { throw ShopError.noPicture }
        do {
            return (name, try await cache.picture(at: path, width: width))
        } catch let error as RecError {
            guard error.kind != .busy else { throw error }
            context.logger.notice("A picture cannot be shown.", metadata: ["error": "\(error)"])
            return (name, nil)
        }
    }
}
