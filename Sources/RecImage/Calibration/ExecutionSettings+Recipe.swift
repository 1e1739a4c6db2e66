internal import RecCore
internal import RecNetwork

extension ExecutionSettings {
    /// The field of a recipe for arithmetic of fewer bits than floats; `nil` for floats, whose settings differ by rounding
    /// only.
    func recipeField(ranges: RangesFile?) -> String? {
        guard arithmetic.isNarrow else { return nil }
        return ([arithmetic.rawValue] + (ranges.map { [$0.digest] } ?? [])).joined(separator: " ")
    }

    /// These settings with the arithmetic of fewer bits that a recipe names, and with floats when it names none.
    ///
    /// - Throws: `RecError` with code `invalidSetting` for arithmetic that this version does not know.
    func with(arithmeticOf recipe: Recipe) throws(RecError) -> ExecutionSettings {
        var result = self
        guard let field = recipe["arithmetic"] else {
            if arithmetic.isNarrow { result.arithmetic = .fastest }
            return result
        }
        guard let name = field.split(separator: " ").first, let known = Arithmetic(rawValue: String(name)) else {
            throw RecError(
                .invalidSetting,
                "The recipe's arithmetic '\(field.prefix(40))' is not known to this version. Make the vectors anew."
            )
        }
        result.arithmetic = known
        return result
    }

    /// The ranges that the arithmetic needs, from beside the weights; `nil` when it needs none.
    ///
    /// - Throws: `RecError` as `RangesFile`.
    func rangesFile(beside path: String, identity: String, layer: FeatureLayer) throws(RecError) -> RangesFile? {
        guard arithmetic == .int8 else { return nil }
        let file = try RangesFile(beside: path)
        try file.check(weights: identity, layer: layer)
        return file
    }
}

extension ExecutionSettings.Arithmetic {
    /// Whether vectors differ from those of floats by more than rounding.
    var isNarrow: Bool { self == .bfloat16 || self == .int8 }
}
