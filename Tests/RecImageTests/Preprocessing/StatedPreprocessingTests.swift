import Foundation
import RecCore
import RecFiles
import RecImage
import RecTesting
import Testing

/// What timm, transformers, open_clip and Keras gave: written by Scripts/goldens/stated_preprocessing.py.
struct StatedGoldens: Decodable {
    struct Picture: Decodable, Sendable {
        let seed: UInt64
        let width: Int
        let height: Int
        let pixels: UInt32
        let tensor: UInt32
        let samples: [Float]
    }

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let files: [String: String]
        let pictures: [Picture]
        var testDescription: String { name }
    }

    let stated: [Case]
    let named: [Case]

    static let all: StatedGoldens = {
        do {
            let url = Bundle.module.bundleURL.appending(path: "Fixtures/Stated/goldens.json")
            return try JSONDecoder().decode(StatedGoldens.self, from: try Data(contentsOf: url))
        } catch {
            fatalError("the goldens cannot be read: \(error)")
        }
    }()
}

@Suite struct `Preprocessing that files beside the weights state` {
    private static let clip = #"{"image_processor_type": "CLIPImageProcessor"}"#

    private func stated(_ files: [String: String], weights: String = "model.onnx") throws -> StatedPreprocessing? {
        try withFolder(files) { try StatedPreprocessing(beside: "\($0)/\(weights)") }
    }

    private func check(_ preprocessing: Preprocessing, _ pictures: [StatedGoldens.Picture]) {
        // Of the other sizes a build without optimisation would take a minute.
        for golden in pictures where BuildMode.isOptimized || [60, 227].contains(golden.width) {
            let picture = noisePicture(seed: golden.seed, golden.width, golden.height)
            let pixels = preprocessing.pixels(of: DecodedImage(picture))
            #expect(unsafe CRC32C.of(pixels.pixels.span.bytes) == golden.pixels, "\(golden.width)x\(golden.height)")
            let tensor = preprocessing.tensor(of: picture)
            let samples = stride(from: 0, to: tensor.count, by: tensor.count / 4).map { tensor[$0] }
            #expect(samples == golden.samples)
            #expect(unsafe CRC32C.of(tensor.span.bytes) == golden.tensor)
        }
    }

    @Test(arguments: StatedGoldens.all.stated)
    func `files of a library give the bits that the library gives`(golden: StatedGoldens.Case) throws {
        let stated = try #require(try stated(golden.files))
        check(stated.preprocessing, golden.pictures)
        #expect(Preprocessing(stated.preprocessing.description) == stated.preprocessing)
    }

    @Test(arguments: StatedGoldens.all.named)
    func `a name gives the bits that its library gives`(golden: StatedGoldens.Case) throws {
        check(try Preprocessing(named: golden.name), golden.pictures)
    }

    @Test(arguments: [
        "clip-0", "clip-4097", "clip-", "clip--1", "torchvision-96", "keras", "siglip-9999999999999999999",
    ])
    func `a name with another side behind it is unknown`(name: String) throws {
        let error = try #require(throws: RecError.self) { try Preprocessing(named: name) }
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("clip-336"))
    }

    static let unsupported: [(file: String, text: String, words: String)] = [
        ("preprocessor_config.json", "{", "not as expected"),
        ("preprocessor_config.json", "[]", "it is not an object"),
        ("preprocessor_config.json", "{}", "no image_processor_type"),
        (
            "preprocessor_config.json", #"{"image_processor_type": "Siglip2ImageProcessor"}"#,
            "image_processor_type 'Siglip2ImageProcessor' is none of BeitImageProcessor"
        ),
        (
            "preprocessor_config.json", #"{"feature_extractor_type": "WhisperFeatureExtractor"}"#,
            "'WhisperFeatureExtractor' is none of"
        ),
        ("preprocessor_config.json", #"{"image_processor_type": 7}"#, "image_processor_type must be a string"),
        ("preprocessor_config.json", clip(#""resample": 5"#), "resample 5 is none"),
        ("preprocessor_config.json", clip(#""resample": -9223372036854775808"#), "is none of Pillow's"),
        ("preprocessor_config.json", clip(#""resample": "bicubic""#), "resample must be a whole number"),
        ("preprocessor_config.json", clip(#""size": {"longest_edge": 224}"#), "size must be"),
        ("preprocessor_config.json", clip(#""size": {"shortest_edge": 224, "longest_edge": 300}"#), "size must be"),
        ("preprocessor_config.json", clip(#""size": 0"#), "size has a side of 0"),
        ("preprocessor_config.json", clip(#""size": {"height": 224, "width": 5000}"#), "size has a side of 5000"),
        ("preprocessor_config.json", clip(#""size": "large""#), "size must be"),
        ("preprocessor_config.json", clip(#""crop_size": {"height": 8}"#), "crop_size must be"),
        ("preprocessor_config.json", clip(#""crop_size": 256"#), "crop_size 256x256 is larger"),
        ("preprocessor_config.json", clip(#""do_center_crop": false"#), "do_center_crop is false"),
        ("preprocessor_config.json", clip(#""do_resize": false"#), "do_resize is false"),
        ("preprocessor_config.json", clip(#""do_pad": true"#), "do_pad is true"),
        ("preprocessor_config.json", clip(#""do_normalize": "no""#), "do_normalize must be true or false"),
        ("preprocessor_config.json", clip(#""rescale_factor": 0.00784"#), "rescale_factor is 0.00784"),
        ("preprocessor_config.json", clip(#""image_mean": [0.5, 0.5]"#), "image_mean must be three"),
        ("preprocessor_config.json", clip(#""image_std": [0.5, 0, 0.5]"#), "image_std holds a zero"),
        ("preprocessor_config.json", clip(#""image_std": 1e-60"#), "image_std holds a zero"),
        ("preprocessor_config.json", clip(#""image_mean": [1e300, 0, 0]"#), "image_mean must be three finite"),
        ("preprocessor_config.json", clip(#""do_flip_channel_order": true"#), "are both true"),
        ("processor_config.json", #"{"image_processor": {"image_processor_type": "Own"}}"#, "'Own' is none of"),
        ("open_clip_config.json", openCLIP(#""resize_mode": "longest""#), "resize_mode 'longest' is neither"),
        ("open_clip_config.json", openCLIP(#""interpolation": "lanczos""#), "interpolation 'lanczos' is neither"),
        ("open_clip_config.json", openCLIP(#""size": [224, 256]"#), "size 256x224 is not square"),
        ("open_clip_config.json", openCLIP(#""size": [1, 2, 3]"#), "size must be one or two"),
        ("open_clip_config.json", openCLIP(#""size": 1000000"#), "size has a side of 1000000"),
        ("config.json", #"{"architecture": "a", "pretrained_cfg": {"crop_mode": "border"}}"#, "crop_mode 'border'"),
        ("config.json", #"{"architecture": "a", "crop_pct": "all"}"#, "crop_pct must be a finite number"),
        ("config.json", #"{"architecture": "a", "interpolation": "area"}"#, "interpolation 'area' is none of nearest"),
        ("config.json", #"{"architecture": "a", "input_size": [3, 9]}"#, "input_size must be three whole numbers"),
        ("config.json", #"{"architecture": "a", "input_size": [3, 4000, 4000], "crop_pct": 0.01}"#, "beyond 65,536"),
    ]

    private static func clip(_ field: String) -> String {
        #"{"image_processor_type": "CLIPImageProcessor", \#(field)}"#
    }

    private static func openCLIP(_ field: String) -> String {
        #"{"model_cfg": {"vision_cfg": {"image_size": 224}}, "preprocess_cfg": {\#(field)}}"#
    }

    @Test(arguments: unsupported.indices)
    func `what cannot be followed is an error that names the file, the field and the remedy`(index: Int) throws {
        let (file, text, words) = Self.unsupported[index]
        let error = try #require(throws: RecError.self) { try stated([file: text]) }
        #expect(error.code == .invalidSetting)
        #expect(error.path?.hasSuffix("/\(file)") == true)
        #expect(error.message.contains(words), "\(error.message)")
        #expect(error.message.contains("--preprocessing"))
    }

    @Test func `a config.json of another library and a folder without files state nothing`() throws {
        #expect(try stated([:]) == nil)
        #expect(try stated(["config.json": #"{"model_type": "clip", "image_size": 224}"#]) == nil)
        #expect(try stated(["config.json": "{"]) == nil)
        #expect(try stated(["processor_config.json": #"{"processor_class": "CLIPProcessor"}"#]) == nil)
        #expect(try stated(["open_clip_config.json": "{}"]) == nil)
    }

    @Test func `of the files of several libraries that of the weights' own counts`() throws {
        let files = [
            "preprocessor_config.json": Self.clip, "open_clip_config.json": Self.openCLIP(#""resize_mode": "squash""#),
        ]
        #expect(try stated(files)?.fileName == "preprocessor_config.json")
        #expect(try stated(files, weights: "open_clip_model.safetensors")?.fileName == "open_clip_config.json")
    }

    @Test func `a model in a folder named onnx has its files above`() throws {
        try withFolder(["preprocessor_config.json": Self.clip]) { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/onnx", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: "\(folder)/other", withIntermediateDirectories: true)
            let above = try StatedPreprocessing(beside: "\(folder)/onnx/model.onnx")
            #expect(above?.preprocessing.description.hasPrefix("short-side-224-bicubic crop-down-224x224") == true)
            #expect(try StatedPreprocessing(beside: "\(folder)/other/model.onnx") == nil)
        }
    }
}
