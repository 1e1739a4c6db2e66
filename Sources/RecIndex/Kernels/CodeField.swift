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
