public import RecCore
public import RecNetwork

extension CNNFeatureExtractor {
    /// Opens the network that made the vectors of a recipe, as at a restart or for a new picture.
    ///
    /// Backbone and settings are in the recipe; only the weights are not.
    ///
    /// - Parameters:
    ///   - recipe: The recipe of an index's image block.
    ///   - path: The path of the weight file.
    ///   - backbones: Where to look for the backbone.
    ///   - maximumPixelCount: The greatest number of pixels in a picture; a limit has no part in the recipe.
    ///   - execution: How the network is run. Arithmetic of fewer bits is as the recipe says.
    /// - Throws: `RecError` as ``init(_:weights:settings:execution:)``; with code `unknownBackbone` or `invalidSetting`
    ///   when this version cannot read a field of the recipe, and `recipeMismatch` when the weights are others.
    public init(
        recipe: Recipe,
        weights path: String,
        among backbones: [Backbone] = Backbone.builtIn,
        maximumPixelCount: Int = 178_956_970,
        execution: ExecutionSettings = ExecutionSettings()
    ) throws {
        guard let name = recipe["backbone"] else {
            throw RecError(.recipeMismatch, "The vectors were not made by a network of this package: \(recipe).")
        }
        var settings = try ExtractionSettings(recipe: recipe)
        settings.maximumPixelCount = maximumPixelCount
        let execution = try execution.with(arithmeticOf: recipe)
        let backbone = try name == GraphFile.backboneName ? Backbone(onnx: path) : .named(name, among: backbones)
        try self.init(
            backbone,
            weights: path,
            settings: settings,
            execution: execution
        )
        let differences = self.recipe.differences(from: recipe)
        guard differences.isEmpty else {
            let reasons = differences.joined(separator: "; ")
            throw RecError(
                .recipeMismatch,
                path: path,
                "These weights make other vectors than those of the recipe (\(reasons)). Give the weights it was made with."
            )
        }
    }
}
