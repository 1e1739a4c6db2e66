import Hummingbird
import RecCore
import RecImage
import Tracing

/// Search by a picture that need not belong to any product.
struct PictureSearchRoutes {
    let generations: GenerationSwitch
    let gate: PictureGate
    let settings: ShopSettings

    func add(to router: some RouterMethods<ShopContext>) {
        router.post("search/image", use: search)
    }

    /// `POST /search/image?count=&offset=&imageWeight=&ATTRIBUTE=value`, with the picture as the body.
    @Sendable private func search(_ request: Request, _ context: ShopContext) async throws -> Response {
        let parameters = try QueryParameters(request)
        let (offset, count) = try parameters.page()
        let weighting = try parameters.weighting()
        let filter = try parameters.filter()
        return try await withDeadline(settings.timeout) {
            try await generations.withCurrent { generation in
                guard let network = generation.network else { throw ShopError.noPictureSearch }
                return try await gate.pass {
                    let body = try await request.bytes(upTo: settings.maximumBodySize)
                    let features = try await network.timedFeatures(of: Array(body.readableBytesView))
                    let found = try await generation.index.index.similar(
                        to: Embedding([.image: .dense(features)]),
                        count: count,
                        offset: offset,
                        weighting: weighting,
                        filter: filter
                    )
                    return try await generation.answer(found, after: offset)
                }
            }
        }
    }
}

extension PictureNetwork {
    /// The features of a client's picture, with a span and a measurement of the time in queue and network.
    fileprivate func timedFeatures(of bytes: [UInt8]) async throws -> DenseVector {
        try await withSpan("embed picture") { _ in
            try await EmbeddingTime.measured { try await features(of: .data(bytes)) }
        }
    }
}
