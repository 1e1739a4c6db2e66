import RecFiles
import RecNetwork
import RecONNX
import Testing

/// Numbers in the element types of ONNX, against the encodings of files and the rules of IEEE 754.
@Suite struct TensorTests {
    /// All finite numbers of 16 bits in ascending order, as the reader of files widens them.
    private func numbers(_ encoding: NumberEncoding, last: UInt16) -> [Double] {
        let bytes = (0...last).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        return encoding.floats(in: bytes).map { Double($0) }
    }

    @Test(arguments: [(ElementType.float16, UInt16(0x7BFF)), (.bfloat16, 0x7F7F)])
    func `a number of 16 bits keeps its value, and what lies between two goes to the nearest, ties to even`(
        type: ElementType,
        last: UInt16
    ) {
        let numbers = numbers(type.encoding, last: last)
        func round(_ values: [Double]) -> [Double] { Tensor(values, TensorType(type, [values.count])).doubles }
        #expect(round(numbers) == numbers)
        #expect(round(numbers.map { -$0 }) == numbers.map { -$0 })
        let halves = zip(numbers, numbers.dropFirst()).map { ($0 + $1) / 2 }
        let even = zip(numbers, numbers.dropFirst()).enumerated().map {
            $0.offset.isMultiple(of: 2) ? $0.element.0 : $0.element.1
        }
        #expect(round(halves) == even)
        // A third of a step above a number still goes to it.
        let thirds = zip(numbers, numbers.dropFirst()).map { $0 + ($1 - $0) / 3 }
        #expect(round(thirds) == Array(numbers.dropLast()))
    }

    @Test func `what is too large for binary16 is infinite`() {
        let values = Tensor([65519, 65520, -1e9, .infinity], TensorType(.float16, [4])).doubles
        #expect(values == [65504, .infinity, -.infinity, .infinity])
    }

    @Test(
        arguments: [
            (ElementType.int8, [300, -129, 127.9, -1.5], [44, 127, 127, -1]),
            (.uint8, [300, -1, 255.9, 0.5], [44, 255, 255, 0]), (.bool, [0, 0.5, -2, 1], [0, 1, 1, 1]),
            (.int64, [1e15, -7.9, 0, 2], [1_000_000_000_000_000, -7, 0, 2]),
        ] as [(ElementType, [Double], [Int64])]
    )
    func `a number becomes an integer by truncation, and wraps around`(
        type: ElementType,
        values: [Double],
        expected: [Int64]
    ) {
        #expect(Tensor(values, TensorType(type, [4])).integers == expected)
    }
}
