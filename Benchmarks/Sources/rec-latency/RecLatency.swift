import Foundation
import RecCore
import RecImage

/// Prints how long a small request takes while customers search by picture, as a Markdown table.
///
///     rec-latency [--backbone NAME] [--weights FILE] [--pictures FOLDER] [--threads N] [--batch N]
///                 [--searches 0,1,10] [--rounds N] [--seconds S] [--rate R] [--tolerance SHARE]
///
/// Small requests come at a steady rate, whether earlier ones are answered or not, and are timed from the moment that
/// they were due. Picture searches are calls one after another in as many tasks. Each round measures each way for S
/// seconds: the extractor called directly, and through a queue. A measurement is repeated when other processes took more
/// than a twentieth of the processors. Without weights, ResNet50 runs on random ones.
@main
enum RecLatency {
    static func main() async throws {
        let settings = try Settings(arguments: CommandLine.arguments.dropFirst())
        let network = try settings.extractor()
        let queue = try ExtractionQueue(network, threads: settings.threads, batch: settings.batch)
        let pictures = try settings.pictureFiles()
        let shop = Shop(recommender: try await Shop.recommender(beside: network, count: 500))
        var ways: [Way] = []
        for count in settings.searches {
            if count == 0 {
                ways.append(Way(name: "none", searches: 0, extractor: network))
            } else {
                ways.append(Way(name: "direct", searches: count, extractor: network))
                ways.append(Way(name: "queue", searches: count, extractor: queue))
            }
        }
        var turns = 0
        while let least = ways.map(\.rounds).min(), least < settings.rounds, turns < 20 * settings.rounds {
            for index in ways.indices where ways[index].rounds == least {
                try await ways[index].measure(shop, pictures, settings)
            }
            turns += 1
        }
        print("\(settings), measurements of each way: \(ways.map { String($0.rounds) }.joined(separator: ", "))")
        print("")
        print("| picture searches | pictures/s | picture p50 | p99 | small request p50 | p99 | max |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for way in ways where way.rounds > 0 { print(way.row) }
    }
}
