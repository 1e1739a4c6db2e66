import RecCore
import Testing

@Suite struct `Attribute codes` {
    private static let space = AttributeSpace(attributes: [
        .init(name: "a", categories: [.value("x"), .value("y")], weight: 1),
        .init(name: "b", categories: [.value("x"), .value("y"), .value("z")], weight: 3),
        .init(name: "c", categories: [.value("x")], weight: 0),
    ])

    @Test(arguments: [
        ([0] as [UInt32], [1, 0, 0, 0, 0, 0] as [Float]),
        ([1, 4], [0, 0.25, 0, 0, 0.75, 0]),
        ([0, 1, 2, 3, 4], [0.125, 0.125, 0.25, 0.25, 0.25, 0]),
        ([2, 4, 5], [0, 0, 0.5, 0, 0.5, 0]),
    ])
    func `squares of the components are the shares of the weight`(columns: [UInt32], squares: [Float]) throws {
        let codes = try AttributeCodes(columns: columns, space: Self.space)
        #expect(zip(codes.dense, squares).allSatisfy { abs($0 * $0 - $1) < 1e-6 })
        #expect(codes.components == columns.map { codes.dense[Int($0)] })
    }

    @Test(arguments: [
        ([1, 0] as [UInt32], RecError.Code.dimensionMismatch),
        ([0, 0], .dimensionMismatch),
        ([6], .dimensionMismatch),
        ([], .invalidVector),
        ([5], .invalidVector),
    ])
    func `columns out of order, out of range or without weight are refused`(
        columns: [UInt32],
        code: RecError.Code
    ) throws {
        let error = try #require(throws: RecError.self) { try AttributeCodes(columns: columns, space: Self.space) }
        #expect(error.code == code)
    }
}
