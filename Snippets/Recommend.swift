// Recommendations from an index that was made before.
import RecCore
import RecIndex

// snippet.show
let recommender = Recommender(index: try Index.open(path: "shop.index"))
let women = try await recommender.similar(to: "15970", count: 10, filter: .has("gender", anyOf: ["Women", "Unisex"]))
for neighbor in women { print(neighbor.id, neighbor.score) }
// snippet.hide
