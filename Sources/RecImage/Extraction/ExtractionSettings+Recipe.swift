package import RecCore
internal import RecNetwork

extension ExtractionSettings {
    /// Reads the settings from a recipe.
    ///
    /// A missing field has its default; fields that are not settings, such as `backbone` and `weights`, are ignored. An
    /// extractor with these settings, the same backbone and the same weights has the same recipe.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when a field has a value that this version cannot read.
    package init(recipe: Recipe) throws {
        self.init()
        prefix = recipe["prefix"]
        layer = try Self.value("layer", of: recipe) { FeatureLayer(rawValue: $0) } ?? layer
        pooling = try Self.value("pooling", of: recipe) { FeaturePooling($0) } ?? pooling
        preprocessing = try Self.value("preprocessing", of: recipe) { Preprocessing($0) }
        decoding = try Self.value("decoding", of: recipe) { Decoding(rawValue: $0) } ?? decoding
        orientation = try Self.value("orientation", of: recipe) { OrientationHandling(rawValue: $0) } ?? orientation
        aggregation = try Self.value("pictures", of: recipe) { InputAggregation(rawValue: $0) } ?? aggregation
        damage = try Self.value("damaged", of: recipe) { DamageHandling(rawValue: $0) } ?? damage
        background = try Self.value("background", of: recipe) { RGBColor($0) } ?? background
    }

    /// The recipe of vectors with these settings.
    ///
    /// - Parameters:
    ///   - backbone: The name of the backbone.
    ///   - weights: A text that is unique to the weights.
    ///   - prefix: The prefix that chose between several networks in the file.
    ///   - preprocessing: The preprocessing; that of the weights when these settings have none.
    ///   - arithmetic: The arithmetic, when it has fewer bits than floats.
    /// - Returns: The recipe, from which ``init(recipe:)`` reads the settings.
    func recipe(
        backbone: String,
        weights: String,
        prefix: String?,
        preprocessing: Preprocessing,
        arithmetic: String?
    ) -> Recipe {
        let recipe: Recipe = [
            "backbone": backbone,
            "weights": weights,
            "layer": layer.rawValue,
            "pooling": pooling.description,
            "preprocessing": preprocessing.description,
            "decoding": decoding.rawValue,
            "orientation": orientation.rawValue,
            "damaged": damage.rawValue,
        ]
        // Fields that earlier versions do not have are left out at their defaults, so that recipes stay equal.
        var added: [Recipe.Field] = []
        if background != .white { added.append(Recipe.Field(name: "background", value: background.description)) }
        if aggregation != .mean { added.append(Recipe.Field(name: "pictures", value: aggregation.rawValue)) }
        if let prefix { added.append(Recipe.Field(name: "prefix", value: prefix)) }
        if let arithmetic { added.append(Recipe.Field(name: "arithmetic", value: arithmetic)) }
        return Recipe(fields: recipe.fields + added)
    }

    /// The value of one field, if the recipe has it.
    private static func value<Value>(
        _ name: String,
        of recipe: Recipe,
        _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let text = recipe[name] else { return nil }
        guard let value = parse(text) else {
            throw RecError(
                .invalidSetting,
                "The recipe's \(name) '\(text)' is not known to this version. Make the vectors anew."
            )
        }
        return value
    }
}

extension Recipe {
    /// The recipe of vectors that an aggregation makes of those of this recipe.
    package func aggregating(_ aggregation: InputAggregation) -> Recipe {
        var rest = fields.filter { $0.name != "pictures" }
        if aggregation != .mean {
            let place = rest.firstIndex { $0.name == "prefix" } ?? rest.endIndex
            rest.insert(Field(name: "pictures", value: aggregation.rawValue), at: place)
        }
        return Recipe(fields: rest)
    }
}
