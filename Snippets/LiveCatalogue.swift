// An index that takes changes while it is searched.
import RecCore
import RecIndex

// snippet.show
struct LiveShop {
    // Opened once, at start-up: opening replays the log and takes the folder's lock.
    let index: LiveIndex

    func change(arrived: [EmbeddedProduct], soldOut: [ProductID]) async throws {
        // Both at once, and on the disk when the call returns.
        try await index.change(upserting: arrived, removing: soldOut)
    }

    func delete(_ id: ProductID) async throws -> Bool {
        // Whether there was such a product.
        try await index.remove(id)
    }

    func similar(to id: ProductID) throws -> [Neighbor] {
        // The look-up and the search see one moment, whatever changes meanwhile.
        try Recommender(index: index).similar(to: id, count: 10)
    }
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    let shop = LiveShop(index: try LiveIndex(path: "shop.live"))
    try await shop.change(arrived: [], soldOut: [])
    print(try await shop.delete("sold"))
    print(try shop.similar(to: ProductID(CommandLine.arguments[1])))
}
