import Foundation
import RecCore
import RecImage

/// One way to search by picture, and what was measured with it.
struct Way {
    let name: String
    let searches: Int
    let extractor: any FeatureExtractor<PictureSource>
    private(set) var small = Latencies()
    private(set) var picture = Latencies()
    private(set) var seconds = 0.0
    /// The number of measurements that count.
    private(set) var rounds = 0

    init(name: String, searches: Int, extractor: any FeatureExtractor<PictureSource>) {
        self.name = name
        self.searches = searches
        self.extractor = extractor
    }

    /// Measures for a while, after a warm-up that is not counted.
    ///
    /// A measurement counts only while others take little of the processors.
    mutating func measure(_ shop: Shop, _ pictures: [PictureSource], _ settings: Settings) async throws {
        let load = PictureLoad(count: searches, extractor: extractor, shop: shop, pictures: pictures)
        try await Task.sleep(for: .milliseconds(500))
        load.latencies.clear()
        let watch = Watch()
        let start = ContinuousClock.now
        let latencies = await SmallRequests(shop: shop, rate: settings.rate).run(for: settings.seconds)
        let time = (ContinuousClock.now - start) / .seconds(1)
        let found = load.latencies.all
        let isDisturbed = watch.othersShare > settings.tolerance
        try await load.stop()
        if isDisturbed { return }
        rounds += 1
        seconds += time
        small.add(latencies)
        picture.add(found)
    }

    /// A row of the table.
    var row: String {
        let pictures = String(format: "%.1f", Double(picture.count) / seconds)
        let found = picture.count == 0 ? "| |" : "\(picture.text(0.5)) | \(picture.text(0.99)) |"
        return "| \(searches == 0 ? "none" : "\(searches), \(name)") | \(searches == 0 ? "" : pictures) | \(found) "
            + "\(small.text(0.5)) | \(small.text(0.99)) | \(small.text(1)) |"
    }
}
