// An index that takes changes while it is searched.
import RecCore
import RecIndex

// snippet.show
struct LiveShop {
    // Opened once, at start-up: opening replays the log and takes the folder's lock.
    let index: LiveIndex

    func change(arrived: [EmbeddedProduct], soldOut: [ProductID]) throws {
        // Both at once, and on the disk when the call returns.
        try index.apply(arrived.map { .upsert($0) } + soldOut.map { .remove($0) })
    }

    func similar(to id: ProductID) throws -> [Neighbor] {
        // The look-up and the search see one moment, whatever changes meanwhile.
        try Recommender(index: index).similar(to: id, count: 10)
    }
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 3, recipe: ["backbone": "demo"]))
    ])
    let shop = LiveShop(index: try LiveIndex(path: "shop.live", space: space))
    try shop.change(arrived: [], soldOut: [])
    print(try shop.similar(to: ProductID(CommandLine.arguments[1])))
}
