package import RecFiles

/// One of the arrays of ``CodeArrays``.
package protocol CodeField: Sendable {
    associatedtype Number: BitwiseCopyable & Sendable

    /// Its name in messages.
    var name: String { get }

    /// The part that it belongs to.
    var part: CodePart { get }

    /// Its key path in the arrays.
    var path: any WritableKeyPath<CodeArrays, NumberArray<Number>> & Sendable { get }

    /// The number of its elements.
    func count(in shape: CodeShape) -> Int
}
