// What a server opens at start-up and shares between all requests.
import Foundation
import RecCore
import RecImage
import RecIndex

// snippet.show
struct Shop: Sendable {
    let recommender: Recommender<LiveIndex>
    let network: ExtractionQueue<CNNFeatureExtractor>

    init(index path: String, weights: String) throws {
        recommender = Recommender(index: try LiveIndex(path: path))
        let extractor = try CNNFeatureExtractor(
            .resnet50,
            weights: weights,
            settings: .init(maximumPixelCount: 25_000_000)
        )
        network = try ExtractionQueue(extractor, threads: 2)
    }

    func similar(toPicture body: [UInt8]) async throws -> Data {
        try JSONEncoder().encode(await recommender.similar(to: .data(body), using: network, count: 10).ranked())
    }

    func remove(_ id: ProductID) async throws -> Bool {
        // On the disk when the call returns, and false when there was no such product.
        try await recommender.index.remove(id)
    }
}
// snippet.hide

if CommandLine.arguments.count == 4 {
    let shop = try Shop(index: CommandLine.arguments[1], weights: CommandLine.arguments[2])
    let picture = try Array(Data(contentsOf: URL(filePath: CommandLine.arguments[3])))
    print(String(decoding: try await shop.similar(toPicture: picture), as: UTF8.self))
}
