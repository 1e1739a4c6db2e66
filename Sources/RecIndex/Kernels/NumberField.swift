internal import RecFiles

/// A field of numbers of one type.
struct NumberField<Number: BitwiseCopyable & Sendable>: CodeField {
    let name: String
    let part: CodePart
    let path: any WritableKeyPath<CodeArrays, NumberArray<Number>> & Sendable
    private let count: @Sendable (CodeShape) -> Int

    init(
        _ name: String,
        _ path: any WritableKeyPath<CodeArrays, NumberArray<Number>> & Sendable,
        of part: CodePart,
        count: @escaping @Sendable (CodeShape) -> Int
    ) {
        self.name = name
        self.part = part
        self.path = path
        self.count = count
    }

    func count(in shape: CodeShape) -> Int { count(shape) }
}
