internal import RecCompute
internal import RecFiles

/// A graph as version 3 of the file has it: each code of a node and of a direction takes a byte.
struct ByteGraph {
    private let shape: GraphShape
    private let linkedCount: Int
    private let mean: NumberArray<Float>
    private let directionStep: Float
    private let step: Float
    private let correlation: Float
    private let directions: NumberArray<Int8>
    private let records: NumberArray<Int8>

    /// Bytes at the end of a record: <mean, x> and the tail, two floats.
    private static let numberBytes = 8

    /// Codes of a node.
    private static func codeCount(_ shape: GraphShape) -> Int {
        min(shape.directionCount, recordSize(shape) - numberBytes)
    }
    private static func recordSize(_ shape: GraphShape) -> Int { max(shape.directionCount, 2 * GraphShape.line) }
    private static func directionSize(_ shape: GraphShape) -> Int {
        (shape.dimension + GraphShape.line - 1) / GraphShape.line * GraphShape.line
    }

    /// Reads the directions, as they are in their section.
    init(_ shape: GraphShape, records: NumberArray<Int8>, _ reader: inout ByteReader) throws {
        self.shape = shape
        self.records = records
        linkedCount = Int(try reader.read(UInt32.self))
        directionStep = Float(bitPattern: try reader.read(UInt32.self))
        step = Float(bitPattern: try reader.read(UInt32.self))
        correlation = Float(bitPattern: try reader.read(UInt32.self))
        mean = try reader.readNumbers(of: Float.self, count: shape.dimension)
        directions = try reader.readNumbers(of: Int8.self, count: Self.codeCount(shape) * Self.directionSize(shape))
    }

    /// Bytes of all records.
    static func recordBytes(_ shape: GraphShape) -> Int { shape.count * recordSize(shape) }

    /// The same graph in 4-bit codes; `nil` when a step is no number, or greater than 1.
    ///
    /// Records have room for fewer codes; the tails get what the others stand for.
    ///
    /// - Complexity: O(nodes * directions)
    func graph(rows: NumberArray<UInt32>, neighbours: NumberArray<UInt32>) -> ProductGraph? {
        guard step.magnitude <= 1, directionStep.magnitude <= 1 else { return nil }
        let size = Self.directionSize(shape)
        let (codes, factors) = directions.withSpan { directions in
            ProductGraph.coded(shape) { Float(directions[$0 * size + $1]) * directionStep }
        }
        return ProductGraph(
            shape: shape,
            linkedCount: linkedCount,
            mean: mean,
            directions: codes,
            directionFactors: factors,
            correlation: correlation,
            rows: rows,
            records: encodedRecords(),
            neighbours: neighbours
        )
    }

    private func encodedRecords() -> NumberArray<UInt8> {
        let (size, codeCount) = (Self.recordSize(shape), Self.codeCount(shape))
        let places = (0..<shape.codeCount).map { shape.place(of: $0) }
        let encoded = SharedNumbers<UInt8>(repeating: 0, count: shape.count * shape.recordSize)
        encoded.write { target in
            records.withSpan { records in
                for node in 0..<shape.count {
                    let (from, to) = (node * size, node * shape.recordSize)
                    let factor = FourBitCodes.encode(shape.codeCount, into: &target, at: to, place: { places[$0] }) {
                        Float(records[from + $0]) * step
                    }
                    let tail = number(records, before: from + size)
                    var square = tail * tail
                    for code in shape.codeCount..<codeCount {
                        let value = Float(records[from + code]) * step
                        square += value * value
                    }
                    NodeNumbers(
                        offset: number(records, before: from + size - Self.numberBytes / 2),
                        tail: square.isFinite ? square.squareRoot() : 0,
                        factor: factor
                    )
                    .put(behind: to + shape.recordSize, &target)
                }
            }
        }
        return NumberArray(encoded)
    }

    /// The float that ends before a byte.
    private func number(_ records: Span<Int8>, before end: Int) -> Float {
        Float(
            bitPattern: (0..<4).reduce(UInt32(0)) {
                $0 | UInt32(UInt8(bitPattern: records[end - 4 + $1])) << (8 * UInt32($1))
            }
        )
    }
}

extension IndexFileReader {
    /// Reads the directions and records of a graph of version 3.
    func readByteGraph(_ number: Int, _ shape: GraphShape) throws -> ByteGraph {
        let records = try parse(.graphRecords, number) {
            try $0.readNumbers(of: Int8.self, count: ByteGraph.recordBytes(shape))
        }
        return try parse(.graphDirections, number) { try ByteGraph(shape, records: records, &$0) }
    }
}
