internal import RecCore
internal import RecFiles

/// Blocks of vectors of one dimension, made by one recipe.
struct DenseKind: BlockKind {
    let dimension: Int
    let recipe: Recipe

    func builder(capacity: Int) -> any BlockBuilder { DenseBuilder(self, capacity: capacity) }

    func gathered(
        _ places: [FloatRows.Place],
        of sources: [DenseBlock],
        _ gather: RowGathering
    ) throws(RecError) -> DenseBlock {
        for block in sources { try block.check(0..<block.rows.rowCount) }
        let rows = try gather(places, sources.map(\.rows), dimension)
        let isPresent = NumberArray(places.map { sources[$0.source].isPresent[$0.row] })
        return DenseBlock(recipe: recipe, rows: rows, isPresent: isPresent)
    }
}
