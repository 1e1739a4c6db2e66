// A search by a picture that anybody may send.
import RecCore
import RecImage
import RecIndex

// snippet.show
struct PictureSearch: Sendable {
    // For the server's framework: longer bodies are refused before they are read.
    static let maximumBodySize = 10_000_000
    static let maximumCount = 100

    let recommender: Recommender<Index>
    let network: ExtractionQueue<CNNFeatureExtractor>

    init(index: Index, weights: String, threads: Int) throws {
        let settings = ExtractionSettings(maximumPixelCount: 25_000_000)
        let extractor = try CNNFeatureExtractor(.resnet50, weights: weights, settings: settings)
        network = try ExtractionQueue(extractor, threads: threads, capacity: 32)
        recommender = Recommender(index: index)
    }

    func answer(_ body: [UInt8], count: Int) async -> Answer {
        do {
            let count = min(max(count, 1), Self.maximumCount)
            let found = try await recommender.similar(to: .data(body), using: network, count: count)
            return Answer(status: 200, found: found)
        } catch let error as RecError {
            // From 500 on the fault is the server's: its message belongs in the log.
            let status = error.kind.httpStatus
            return Answer(status: status, code: error.code.name, message: status < 500 ? error.message : nil)
        } catch {
            return Answer(status: error is CancellationError ? 503 : 500)
        }
    }

    struct Answer: Sendable {
        let status: Int
        var found: [Neighbor] = []
        var code: String?
        var message: String?
    }
}
// snippet.hide

if CommandLine.arguments.count == 3 {
    let index = try Index.open(path: CommandLine.arguments[1])
    let search = try PictureSearch(index: index, weights: CommandLine.arguments[2], threads: 2)
    print(await search.answer(Array("GIF89a".utf8), count: 1_000_000_000))
}
