package import RecFiles

/// A graph of a dense block's vectors: each row is a node, which leads to near ones in many directions.
///
/// A vector x is described by its components in rotated principal directions, x_v, in odd codes from -15 to 15
/// (``FourBitCodes``):
///
///     factor = <x_v, x_v> / <x_v, codes>,   offset = <mean, x>,   tail = norm of x - mean outside the directions
///
/// The cosine with a query q is estimated as
///
///     factor * <q_v, codes> + offset + correlation * tail_q * tail + <q - mean, mean>
///
/// where the correlation is the mean cosine of the remainders of near vectors. Nodes lie in lists of neighbours, those
/// whose records equal another's behind all others. Rows that lack the block have no node.
package struct ProductGraph: Sendable {
    /// The sizes.
    package let shape: GraphShape
    /// The number of nodes before those that repeat another, which only these lead to.
    package let linkedCount: Int
    /// The mean of a sample, `[dimension]`.
    package let mean: NumberArray<Float>
    /// The directions in 4-bit codes, `[codeCount][directionSize]`, and what products with each are multiplied by.
    package let directions: NumberArray<UInt8>
    package let directionFactors: [Float]
    /// The mean cosine of the remainders of near vectors, from 0 to 1.
    package let correlation: Float
    /// The row of each node.
    package let rows: NumberArray<UInt32>
    /// `[node][recordSize]`: the codes, then ``NodeNumbers``.
    package let records: NumberArray<UInt8>
    /// `[node][degree]`: the nodes that it leads to, then ``GraphTable/noNode``.
    package let neighbours: NumberArray<UInt32>

    /// The nodes for searches; the arrays may be copies of the graph's own.
    ///
    /// - Complexity: O(entries^1.5)
    package func table(records: NumberArray<UInt8>? = nil, neighbours: NumberArray<UInt32>? = nil) -> GraphTable {
        let records = records ?? self.records
        func table(_ neighbours: NumberArray<UInt32>, _ entries: EntryGroups) -> GraphTable {
            GraphTable(
                records: records,
                recordSize: shape.recordSize,
                neighbours: neighbours,
                degree: GraphShape.degree,
                entries: entries
            )
        }
        let entries = EntryGroups(of: table(NumberArray([]), .none), linkedCount: linkedCount) {
            NodeQuery($0, of: self)
        }
        return table(neighbours ?? self.neighbours, entries)
    }

    /// Whether the arrays have the sizes of the shape, and nothing outside them is ever looked at.
    ///
    /// - Complexity: O(nodes * degree)
    package func isConsistent(rowCount: Int) -> Bool {
        mean.count == shape.dimension && shape.count <= Int(Int32.max) && (0...shape.count).contains(linkedCount)
            && (linkedCount > 0 || shape.count == 0)
            && directions.count == shape.codeCount * shape.directionSize
            && directionFactors.count == shape.codeCount
            && rows.count == shape.count && rows.areAll(below: rowCount)
            && records.count == shape.count * shape.recordSize
            && neighbours.count == shape.count * GraphShape.degree
            && neighbours.withSpan { neighbours in
                var isInside = true
                for place in neighbours.indices {
                    isInside = isInside && (neighbours[place] == GraphTable.noNode || neighbours[place] < shape.count)
                }
                return isInside
            }
    }
}
