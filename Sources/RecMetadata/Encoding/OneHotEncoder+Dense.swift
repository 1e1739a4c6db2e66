package import RecCore

extension OneHotEncoder {
    /// The names of the columns: `gender_Men`, `usage_infrequent_sklearn`, `season_nan`.
    ///
    /// Equal to scikit-learn's `get_feature_names_out`.
    package var featureNames: [String] {
        space.attributes.flatMap { attribute in
            attribute.categories.map { category in
                switch category {
                case .value(let value): "\(attribute.name)_\(value)"
                case .infrequent: "\(attribute.name)_infrequent_sklearn"
                case .missing: "\(attribute.name)_nan"
                }
            }
        }
    }

    /// The zeros and ones of a product, one for each column of ``space``.
    ///
    /// - Throws: As ``columns(of:)`` does.
    package func denseRow(of product: Product) throws(RecError) -> [UInt8] {
        try denseMatrix(of: [product])
    }

    /// The zeros and ones of some products: rows x columns, row-major, one row per product.
    ///
    /// - Throws: As ``columns(of:)`` does.
    /// - Complexity: O(products x columns)
    package func denseMatrix(of products: [Product]) throws(RecError) -> [UInt8] {
        let width = space.width
        var result = [UInt8](repeating: 0, count: products.count * width)
        for (row, product) in products.enumerated() {
            for column in try columns(of: product) { result[row * width + Int(column)] = 1 }
        }
        return result
    }
}
