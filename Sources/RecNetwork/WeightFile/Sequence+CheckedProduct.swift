extension Sequence<Int> {
    /// The product of sizes from a file, or `nil` when one is negative or the product overflows.
    package var checkedProduct: Int? {
        var product = 1
        for factor in self {
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            guard factor >= 0, !overflow else { return nil }
            product = next
        }
        return product
    }
}
