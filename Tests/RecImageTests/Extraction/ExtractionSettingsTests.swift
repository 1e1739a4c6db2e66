import RecCore
import RecImage
import RecNetwork
import Testing

/// From settings to a recipe and back.
@Suite struct `Extraction settings` {
    static let settings: [ExtractionSettings] =
        [
            ExtractionSettings(),
            ExtractionSettings(layer: .fc2, decoding: .fast, orientation: .ignore, damage: .accepted),
        ]
        + [FeaturePooling.average, .maximum, .generalizedMean(), .generalizedMean(exponent: 2.5, epsilon: 1e-12)]
        .map { ExtractionSettings(pooling: $0) }
        + [
            Preprocessing.timm(size: 56, cropFraction: 1),
            Preprocessing(resize: .none, filter: .bilinear, outputSize: square, normalization: .caffe),
            Preprocessing(
                resize: .stretch(ImageSize(width: 60, height: 70)),
                filter: .lanczos,
                outputSize: square,
                normalization: PixelNormalization(divisor: 3e9, mean: [-1e-7, 0, 0.1], deviation: [1 / 3, -2, 7e20])
            ),
        ].map { ExtractionSettings(preprocessing: $0) }

    private static let square = ImageSize(width: 56, height: 56)

    @Test(arguments: settings)
    func `come back from the recipe that they make`(settings: ExtractionSettings) throws {
        var settings = settings
        settings.preprocessing = settings.preprocessing ?? .timm(size: 56)
        let recipe = try TinyExtractor.make(settings: settings).recipe

        let read = try ExtractionSettings(recipe: recipe)

        #expect(read.layer == settings.layer)
        #expect(read.pooling == settings.pooling)
        #expect(read.preprocessing == settings.preprocessing)
        #expect(read.decoding == settings.decoding)
        #expect(read.orientation == settings.orientation)
        #expect(read.damage == settings.damage)
        #expect(try TinyExtractor.make(settings: read).recipe == recipe)
    }

    @Test(arguments: [
        ("maximumPixelCount", ExtractionSettings(maximumPixelCount: 0)),
        ("decoders", ExtractionSettings(decoders: PictureDecoders([]))),
        ("exponent", ExtractionSettings(pooling: .generalizedMean(exponent: 0))),
        ("exponent", ExtractionSettings(pooling: .generalizedMean(exponent: .nan))),
        ("epsilon", ExtractionSettings(pooling: .generalizedMean(epsilon: -1))),
    ])
    func `that no picture can be read or pooled with are refused`(name: String, settings: ExtractionSettings) {
        let error = #expect(throws: RecError.self) { try TinyExtractor.make(settings: settings) }

        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("'\(name)'") == true, "\(error?.message ?? "no error")")
    }

    @Test func `have their defaults where a recipe says nothing`() throws {
        let read = try ExtractionSettings(recipe: ["backbone": "resnet50", "weights": "0"])

        #expect(read.layer == .pooled)
        #expect(read.pooling == .average)
        #expect(read.preprocessing == nil)
        #expect(read.damage == .refused)
    }

    @Test(arguments: [
        ("pooling", "median"), ("pooling", "gem(p=0.0,eps=1.0)"), ("pooling", "gem(p=inf,eps=1.0)"),
        ("preprocessing", ""), ("preprocessing", "short-side-256-bilinear crop-224x224"),
        ("preprocessing", "short-side-256-cubic crop-224x224 rgb/255.0-[0.0,0.0,0.0]/[1.0,1.0,1.0]"),
        ("preprocessing", "short-side-0-bilinear crop-224x224 rgb/255.0-[0.0,0.0,0.0]/[1.0,1.0,1.0]"),
        ("preprocessing", "unresized crop-99999999x224 rgb/255.0-[0.0,0.0,0.0]/[1.0,1.0,1.0]"),
        ("preprocessing", "unresized crop-224x224 rgb/0.0-[0.0,0.0,0.0]/[1.0,1.0,1.0]"),
        ("preprocessing", "unresized crop-224x224 rgb/255.0-[0.0,0.0]/[1.0,1.0,1.0]"),
        ("preprocessing", "unresized crop-224x224 rgb/255.0-[0.0,0.0,nan]/[1.0,1.0,1.0]"),
        ("preprocessing", "unresized crop-224x224 rgb/255.0-[0.0,0.0,0.0]/[1.0,0.0,1.0]"),
        ("preprocessing", "unresized crop-224x224 rgb/255.0-[0.0,0.0,0.0]/[1.0,1.0,1.0]x"),
        ("decoding", "slow"), ("orientation", "maybe"), ("damaged", "yes"),
    ])
    func `a field that cannot be read is an error that names it`(name: String, value: String) {
        let recipe = Recipe(fields: [Recipe.Field(name: name, value: value)])

        let error = #expect(throws: RecError.self) { try ExtractionSettings(recipe: recipe) }

        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("The recipe's \(name) '\(value)'") == true)
    }
}
