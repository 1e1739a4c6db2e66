import ArgumentParser
package import RecCore

/// `--like ID[=weight]` and `--dislike ID[=weight]`.
package struct ExampleOption: ExpressibleByArgument {
    package let example: Example

    /// What follows the last `=` is the weight when it is a number; otherwise it belongs to the identifier.
    package init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        if let sign = argument.lastIndex(of: "="), sign > argument.startIndex,
            let weight = Double(argument[argument.index(after: sign)...])
        {
            example = .product(ProductID(String(argument[..<sign])), weight: weight)
        } else {
            example = .product(ProductID(argument))
        }
    }
}
