import ArgumentParser
package import RecCore

/// `--like ID[=weight]` and `--dislike ID[=weight]`.
package struct ExampleOption: ExpressibleByArgument {
    /// The example, when no product has the whole text as its identifier.
    package let example: Example

    private let argument: String

    /// What follows the last `=` is the weight when it is a number; otherwise it belongs to the identifier.
    package init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self.argument = argument
        if let sign = argument.lastIndex(of: "="), sign > argument.startIndex,
            let weight = Double(argument[argument.index(after: sign)...])
        {
            example = .product(ProductID(String(argument[..<sign])), weight: weight)
        } else {
            example = .product(ProductID(argument))
        }
    }

    /// The example in an index, where an identifier may end in `=` and a number.
    ///
    /// - Throws: `RecError` with code `invalidQuery` when there is a product for each of both readings.
    package func example(in index: some SimilarityIndex) async throws -> Example {
        guard let sign = argument.lastIndex(of: "="), let id = example.id, id != ProductID(argument)
        else { return example }
        let whole = ProductID(argument)
        let found = try await index.products([whole, id], .none).map { $0 != nil }
        guard found[0] else { return example }
        guard !found[1] else {
            let weight = argument[argument.index(after: sign)...]
            throw RecError(
                .invalidQuery,
                "'\(argument)' may be the product '\(argument)', or '\(id)' with the weight \(weight). Write "
                    + "'\(argument)=1' for the first, '\(id)=+\(weight)' for the second."
            )
        }
        return .product(whole)
    }
}
