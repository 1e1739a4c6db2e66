// An index that takes changes while it is searched.
import RecCore
import RecIndex

// snippet.show
func similarNow(
    to id: ProductID,
    arrived: [EmbeddedProduct],
    soldOut: [ProductID],
    space: EmbeddingSpace
) throws -> [Neighbor] {
    let index = try LiveIndex(path: "shop.live", space: space)
    // Both at once, and on the disk when the call returns.
    try index.apply(arrived.map { .upsert($0) } + soldOut.map { .remove($0) })
    // One moment for both steps of a recommendation, whatever changes meanwhile.
    return try Recommender(index: index.snapshot).similar(to: id, count: 10)
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 3, recipe: ["backbone": "demo"]))
    ])
    print(try similarNow(to: ProductID(CommandLine.arguments[1]), arrived: [], soldOut: [], space: space))
}
