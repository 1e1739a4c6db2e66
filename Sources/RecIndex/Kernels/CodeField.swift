package import RecFiles

/// One of the arrays of ``CodeArrays``.
package protocol CodeField: Sendable {
    associatedtype Number: BitwiseCopyable & Sendable

    /// What it is called in messages.
    var name: String { get }

    /// What it is kept together with.
    var part: CodePart { get }

    /// Where it lies in the arrays.
    var path: any WritableKeyPath<CodeArrays, NumberArray<Number>> & Sendable { get }

    /// How many numbers it has.
    func count(in shape: CodeShape) -> Int
}

/// Arrays that are of the same things, and lie side by side in a file.
package enum CodePart: Sendable, Hashable {
    case directions, lists, slots, head, middle, middleTails
}

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
