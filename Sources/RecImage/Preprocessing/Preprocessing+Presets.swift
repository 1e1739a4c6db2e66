extension Preprocessing {
    /// torchvision's `IMAGENET1K_V1` weights: short side 256, bilinear, crop 224.
    ///
    /// Source: `torchvision.transforms._presets.ImageClassification(crop_size=224)`.
    public static let torchvisionV1 = torchvision(resizedTo: 256)

    /// torchvision's `IMAGENET1K_V2` weights: short side 232, bilinear, crop 224.
    ///
    /// Source: `torchvision.transforms._presets.ImageClassification(crop_size=224, resize_size=232)`.
    package static let torchvisionV2 = torchvision(resizedTo: 232)

    /// Keras's `load_img(target_size=...)` with `preprocess_input` in `caffe` mode: ResNet50, VGG16.
    ///
    /// Stretched to 224 x 224 by nearest neighbour; Keras ignores the EXIF orientation.
    package static let kerasCaffe = keras(.caffe)

    /// Keras's `load_img(target_size=...)`, nearest neighbour, with the numbers of one mode of `preprocess_input`.
    package static func keras(_ normalization: PixelNormalization, size: Int = 224) -> Preprocessing {
        let size = ImageSize(width: size, height: size)
        return Preprocessing(resize: .stretch(size), filter: .nearest, outputSize: size, normalization: normalization)
    }

    /// CLIP's, as OpenAI and open_clip have it: short side, bicubic, centre.
    ///
    /// Source: `open_clip.transform.image_transform` with the resize mode `shortest`. The image processor of transformers
    /// rounds the position of the crop down; its preprocessor_config.json is followed in that.
    package static func clip(size: Int = 224) -> Preprocessing {
        Preprocessing(
            resize: .shortSide(size),
            filter: .bicubic,
            outputSize: ImageSize(width: size, height: size),
            normalization: .clip
        )
    }

    /// SigLIP's: both sides, bicubic, -1 to 1.
    ///
    /// Source: `transformers.SiglipImageProcessor`, `open_clip.transform.image_transform` with the resize mode `squash`.
    package static func siglip(size: Int = 224) -> Preprocessing {
        let size = ImageSize(width: size, height: size)
        return Preprocessing(resize: .stretch(size), filter: .bicubic, outputSize: size, normalization: .inception)
    }

    /// EfficientNet-Lite0: short side 256, bicubic, crop 224, (value - 127) / 128.
    package static let efficientNetLite0 = efficientNetLite(size: 224)

    /// EfficientNet-Lite's at any size: short side 32 pixels longer than the crop, bicubic, (value - 127) / 128.
    package static func efficientNetLite(size: Int) -> Preprocessing {
        Preprocessing(
            resize: .shortSide(size + 32),
            filter: .bicubic,
            outputSize: ImageSize(width: size, height: size),
            normalization: .efficientNetLite
        )
    }

    /// timm's evaluation transform with the crop mode `center`.
    ///
    /// The short side is resized to `size / cropFraction`, rounded down, and the middle is cropped. `resnet50.a1_in1k`
    /// is `size: 224, cropFraction: 0.95` or, as tested, `size: 288, cropFraction: 1`, bicubic. The file config.json
    /// beside a model's weights has these settings.
    /// Source: `timm.data.transforms_factory.transforms_imagenet_eval`.
    ///
    /// - Precondition: `cropFraction` is in 0.01...1.
    public static func timm(
        size: Int = 224,
        cropFraction: Double = 0.875,
        filter: Resampling = .bicubic,
        normalization: PixelNormalization = .imageNet
    ) -> Preprocessing {
        precondition((0.01...1).contains(cropFraction), "the crop is a fraction of the picture")
        return Preprocessing(
            resize: .shortSide(Int(Double(size) / cropFraction)),
            filter: filter,
            outputSize: ImageSize(width: size, height: size),
            normalization: normalization
        )
    }

    /// torchvision's `VGG16_Weights.IMAGENET1K_FEATURES`: as ``torchvisionV1``, but the bytes less their mean.
    package static let vggFeatures = Preprocessing(
        resize: .shortSide(256),
        filter: .bilinear,
        outputSize: ImageSize(width: 224, height: 224),
        normalization: PixelNormalization(
            mean: [0.48235, 0.45882, 0.40784],
            deviation: [0.003_921_568_627_450_98, 0.003_921_568_627_450_98, 0.003_921_568_627_450_98]
        )
    )

    /// torchvision's `ImageClassification(crop_size=size, resize_size=side, interpolation=filter)`.
    package static func torchvision(
        size: Int = 224,
        resizedTo side: Int,
        filter: Resampling = .bilinear
    ) -> Preprocessing {
        Preprocessing(
            resize: .shortSide(side),
            filter: filter,
            outputSize: ImageSize(width: size, height: size)
        )
    }
}
