extension KnownWeights {
    /// The published files of torchvision and timm, by the first eight digits of their SHA-256.
    ///
    /// `Scripts/known_weights.py` writes this table from the sources of both.
    static let table: [String: KnownWeights] = [
        "3dd342df": .init("efficientnet_b0", .timm(), "timm's efficientnet_b0.ra_in1k"),
        "533bc792": .init("efficientnet_b1", .timm(), "timm's efficientnet_b1.ft_in1k"),
        "bcdf34b7": .init("efficientnet_b2", .timm(size: 256), "timm's efficientnet_b2.ra_in1k"),
        "cf984f9c": .init("efficientnet_b3", .timm(size: 288), "timm's efficientnet_b3.ra2_in1k"),
        "7eb33cd5": .init("efficientnet_b4", .timm(size: 320), "timm's efficientnet_b4.ra2_in1k"),
        "37913777": .init("efficientnet_lite0", .timm(), "timm's efficientnet_lite0.ra_in1k"),
        "b33bc2c4": .init("mobilenetv2_100", .timm(), "timm's mobilenetv2_100.ra_in1k"),
        "d71cc17b": .init(
            "mobilenetv3_large_100",
            .timm(filter: .bilinear, normalization: .unit),
            "timm's mobilenetv3_large_100.miil_in21k"
        ),
        "66471c13": .init(
            "mobilenetv3_large_100",
            .timm(filter: .bilinear, normalization: .unit),
            "timm's mobilenetv3_large_100.miil_in21k_ft_in1k"
        ),
        "f55367f5": .init("mobilenetv3_large_100", .timm(), "timm's mobilenetv3_large_100.ra_in1k"),
        "266a294c": .init("mobilenetv3_small_100", .timm(), "timm's mobilenetv3_small_100.lamb_in1k"),
        "7f2439f9": .init("regnety_032", .timm(cropFraction: 0.95), "timm's regnety_032.ra_in1k"),
        "a5fe301d": .init("regnety_160", .timm(cropFraction: 0.95), "timm's regnety_160.deit_in1k"),
        "cdcb52a9": .init("resnet101", .timm(cropFraction: 0.95), "timm's resnet101.a1_in1k"),
        "36d3f2aa": .init("resnet101", .timm(cropFraction: 0.95), "timm's resnet101.a1h_in1k"),
        "6edb36c7": .init("resnet101", .timm(cropFraction: 0.95), "timm's resnet101.a2_in1k"),
        "1db14157": .init("resnet101", .timm(size: 160, cropFraction: 0.95), "timm's resnet101.a3_in1k"),
        "3b017079": .init("resnet101", .timm(), "timm's resnet101.gluon_in1k"),
        "2eee8a7a": .init("resnet152", .timm(cropFraction: 0.95), "timm's resnet152.a1_in1k"),
        "dc400468": .init("resnet152", .timm(cropFraction: 0.95), "timm's resnet152.a1h_in1k"),
        "b4c6978f": .init("resnet152", .timm(cropFraction: 0.95), "timm's resnet152.a2_in1k"),
        "134d4688": .init("resnet152", .timm(size: 160, cropFraction: 0.95), "timm's resnet152.a3_in1k"),
        "c1edb0dd": .init("resnet152", .timm(), "timm's resnet152.gluon_in1k"),
        "d63eafa0": .init("resnet18", .timm(cropFraction: 0.95), "timm's resnet18.a1_in1k"),
        "b61bd467": .init("resnet18", .timm(cropFraction: 0.95), "timm's resnet18.a2_in1k"),
        "40c531c8": .init("resnet18", .timm(size: 160, cropFraction: 0.95), "timm's resnet18.a3_in1k"),
        "d92f0530": .init("resnet18", .timm(filter: .bilinear), "timm's resnet18.fb_ssl_yfcc100m_ft_in1k"),
        "118f1556": .init("resnet18", .timm(filter: .bilinear), "timm's resnet18.fb_swsl_ig1b_ft_in1k"),
        "0757602b": .init("resnet18", .timm(), "timm's resnet18.gluon_in1k"),
        "46f8f793": .init("resnet34", .timm(cropFraction: 0.95), "timm's resnet34.a1_in1k"),
        "82d47d71": .init("resnet34", .timm(cropFraction: 0.95), "timm's resnet34.a2_in1k"),
        "a20cabb6": .init("resnet34", .timm(size: 160, cropFraction: 0.95), "timm's resnet34.a3_in1k"),
        "43635321": .init("resnet34", .timm(), "timm's resnet34.bt_in1k"),
        "c6d82d59": .init("resnet34", .timm(), "timm's resnet34.gluon_in1k"),
        "14fe96d1": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.a1_in1k"),
        "001a1197": .init("resnet50", .timm(size: 176, cropFraction: 0.9), "timm's resnet50.a1h_in1k"),
        "a2746f79": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.a2_in1k"),
        "59cae1ef": .init("resnet50", .timm(size: 160, cropFraction: 0.95), "timm's resnet50.a3_in1k"),
        "6c502b37": .init("resnet50", .timm(), "timm's resnet50.am_in1k"),
        "532a802a": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.b1k_in1k"),
        "1ba180c1": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.b2k_in1k"),
        "86acaeed": .init("resnet50", .timm(), "timm's resnet50.bt_in1k"),
        "5ba5e060": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.c1_in1k"),
        "d01e05b2": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.c2_in1k"),
        "f39db8af": .init("resnet50", .timm(cropFraction: 0.95), "timm's resnet50.d_in1k"),
        "08389792": .init("resnet50", .timm(filter: .bilinear), "timm's resnet50.fb_ssl_yfcc100m_ft_in1k"),
        "16a12f1b": .init("resnet50", .timm(filter: .bilinear), "timm's resnet50.fb_swsl_ig1b_ft_in1k"),
        "0ebe02e2": .init("resnet50", .timm(), "timm's resnet50.gluon_in1k"),
        "85ebb6e5": .init("resnet50", .timm(), "timm's resnet50.ra_in1k"),
        "a26f946b": .init("resnet50", .timm(), "timm's resnet50.ram_in1k"),
        "4cf422b3": .init("resnetaa50", .timm(cropFraction: 0.95), "timm's resnetaa50.a1h_in1k"),
        "84f4748f": .init("resnetblur50", .timm(), "timm's resnetblur50.bt_in1k"),
        "827b6e33": .init("tf_efficientnet_b0", .timm(), "timm's tf_efficientnet_b0.aa_in1k"),
        "f262efe1": .init("tf_efficientnet_b0", .timm(normalization: .inception), "timm's tf_efficientnet_b0.ap_in1k"),
        "0af12548": .init("tf_efficientnet_b0", .timm(), "timm's tf_efficientnet_b0.in1k"),
        "c0e6a31c": .init("tf_efficientnet_b0", .timm(), "timm's tf_efficientnet_b0.ns_jft_in1k"),
        "ea7a6ee0": .init(
            "tf_efficientnet_b1",
            .timm(size: 240, cropFraction: 0.882),
            "timm's tf_efficientnet_b1.aa_in1k"
        ),
        "44ef0a3d": .init(
            "tf_efficientnet_b1",
            .timm(size: 240, cropFraction: 0.882, normalization: .inception),
            "timm's tf_efficientnet_b1.ap_in1k"
        ),
        "5c1377c4": .init(
            "tf_efficientnet_b1",
            .timm(size: 240, cropFraction: 0.882),
            "timm's tf_efficientnet_b1.in1k"
        ),
        "99dd0c41": .init(
            "tf_efficientnet_b1",
            .timm(size: 240, cropFraction: 0.882),
            "timm's tf_efficientnet_b1.ns_jft_in1k"
        ),
        "60c94f97": .init(
            "tf_efficientnet_b2",
            .timm(size: 260, cropFraction: 0.89),
            "timm's tf_efficientnet_b2.aa_in1k"
        ),
        "2f8e7636": .init(
            "tf_efficientnet_b2",
            .timm(size: 260, cropFraction: 0.89, normalization: .inception),
            "timm's tf_efficientnet_b2.ap_in1k"
        ),
        "e393ef04": .init("tf_efficientnet_b2", .timm(size: 260, cropFraction: 0.89), "timm's tf_efficientnet_b2.in1k"),
        "00306e48": .init(
            "tf_efficientnet_b2",
            .timm(size: 260, cropFraction: 0.89),
            "timm's tf_efficientnet_b2.ns_jft_in1k"
        ),
        "84b4657e": .init(
            "tf_efficientnet_b3",
            .timm(size: 300, cropFraction: 0.904),
            "timm's tf_efficientnet_b3.aa_in1k"
        ),
        "aad25bdd": .init(
            "tf_efficientnet_b3",
            .timm(size: 300, cropFraction: 0.904, normalization: .inception),
            "timm's tf_efficientnet_b3.ap_in1k"
        ),
        "e3bd6955": .init(
            "tf_efficientnet_b3",
            .timm(size: 300, cropFraction: 0.904),
            "timm's tf_efficientnet_b3.in1k"
        ),
        "9d44bf68": .init(
            "tf_efficientnet_b3",
            .timm(size: 300, cropFraction: 0.904),
            "timm's tf_efficientnet_b3.ns_jft_in1k"
        ),
        "818f208c": .init(
            "tf_efficientnet_b4",
            .timm(size: 380, cropFraction: 0.922),
            "timm's tf_efficientnet_b4.aa_in1k"
        ),
        "dedb23e6": .init(
            "tf_efficientnet_b4",
            .timm(size: 380, cropFraction: 0.922, normalization: .inception),
            "timm's tf_efficientnet_b4.ap_in1k"
        ),
        "74ee3bed": .init(
            "tf_efficientnet_b4",
            .timm(size: 380, cropFraction: 0.922),
            "timm's tf_efficientnet_b4.in1k"
        ),
        "d6313a46": .init(
            "tf_efficientnet_b4",
            .timm(size: 380, cropFraction: 0.922),
            "timm's tf_efficientnet_b4.ns_jft_in1k"
        ),
        "0aa007d2": .init(
            "tf_efficientnet_lite0",
            .timm(normalization: .inception),
            "timm's tf_efficientnet_lite0.in1k"
        ),
        "427764d5": .init(
            "tf_mobilenetv3_large_100",
            .timm(filter: .bilinear, normalization: .inception),
            "timm's tf_mobilenetv3_large_100.in1k"
        ),
        "37f49e2b": .init(
            "tf_mobilenetv3_small_100",
            .timm(filter: .bilinear, normalization: .inception),
            "timm's tf_mobilenetv3_small_100.in1k"
        ),
        "6075fbad": .init("convnext_base", .torchvisionV2, "torchvision's convnext_base IMAGENET1K_V1"),
        "0c510722": .init("convnext_small", .torchvision(resizedTo: 230), "torchvision's convnext_small IMAGENET1K_V1"),
        "983f1562": .init("convnext_tiny", .torchvision(resizedTo: 236), "torchvision's convnext_tiny IMAGENET1K_V1"),
        "a639ec97": .init("densenet121", .torchvisionV1, "torchvision's densenet121 IMAGENET1K_V1"),
        "7f5810bc": .init(
            "efficientnet_b0",
            .torchvision(resizedTo: 256, filter: .bicubic),
            "torchvision's efficientnet_b0 IMAGENET1K_V1"
        ),
        "bac287d4": .init(
            "efficientnet_b1",
            .torchvision(size: 240, resizedTo: 256, filter: .bicubic),
            "torchvision's efficientnet_b1 IMAGENET1K_V1"
        ),
        "c27df63c": .init(
            "efficientnet_b1",
            .torchvision(size: 240, resizedTo: 255),
            "torchvision's efficientnet_b1 IMAGENET1K_V2"
        ),
        "c35c1473": .init(
            "efficientnet_b2",
            .torchvision(size: 288, resizedTo: 288, filter: .bicubic),
            "torchvision's efficientnet_b2 IMAGENET1K_V1"
        ),
        "b3899882": .init(
            "efficientnet_b3",
            .torchvision(size: 300, resizedTo: 320, filter: .bicubic),
            "torchvision's efficientnet_b3 IMAGENET1K_V1"
        ),
        "23ab8bcd": .init(
            "efficientnet_b4",
            .torchvision(size: 380, resizedTo: 384, filter: .bicubic),
            "torchvision's efficientnet_b4 IMAGENET1K_V1"
        ),
        "b0353104": .init("mobilenet_v2", .torchvisionV1, "torchvision's mobilenet_v2 IMAGENET1K_V1"),
        "7ebf99e0": .init("mobilenet_v2", .torchvisionV2, "torchvision's mobilenet_v2 IMAGENET1K_V2"),
        "8738ca79": .init("mobilenet_v3_large", .torchvisionV1, "torchvision's mobilenet_v3_large IMAGENET1K_V1"),
        "5c1a4163": .init("mobilenet_v3_large", .torchvisionV2, "torchvision's mobilenet_v3_large IMAGENET1K_V2"),
        "047dcff4": .init("mobilenet_v3_small", .torchvisionV1, "torchvision's mobilenet_v3_small IMAGENET1K_V1"),
        "43afe44d": .init(
            "regnet_y_16gf",
            .torchvision(size: 384, resizedTo: 384, filter: .bicubic),
            "torchvision's regnet_y_16gf IMAGENET1K_SWAG_E2E_V1"
        ),
        "f3ec0043": .init(
            "regnet_y_16gf",
            .torchvision(resizedTo: 224, filter: .bicubic),
            "torchvision's regnet_y_16gf IMAGENET1K_SWAG_LINEAR_V1"
        ),
        "9e6ed7dd": .init("regnet_y_16gf", .torchvisionV1, "torchvision's regnet_y_16gf IMAGENET1K_V1"),
        "3e4a00f9": .init("regnet_y_16gf", .torchvisionV2, "torchvision's regnet_y_16gf IMAGENET1K_V2"),
        "b11a554e": .init("regnet_y_1_6gf", .torchvisionV1, "torchvision's regnet_y_1_6gf IMAGENET1K_V1"),
        "0d7bc02a": .init("regnet_y_1_6gf", .torchvisionV2, "torchvision's regnet_y_1_6gf IMAGENET1K_V2"),
        "b5a9779c": .init("regnet_y_3_2gf", .torchvisionV1, "torchvision's regnet_y_3_2gf IMAGENET1K_V1"),
        "9180c971": .init("regnet_y_3_2gf", .torchvisionV2, "torchvision's regnet_y_3_2gf IMAGENET1K_V2"),
        "c65dace8": .init("regnet_y_400mf", .torchvisionV1, "torchvision's regnet_y_400mf IMAGENET1K_V1"),
        "e6988f5f": .init("regnet_y_400mf", .torchvisionV2, "torchvision's regnet_y_400mf IMAGENET1K_V2"),
        "1b27b58c": .init("regnet_y_800mf", .torchvisionV1, "torchvision's regnet_y_800mf IMAGENET1K_V1"),
        "58fc7688": .init("regnet_y_800mf", .torchvisionV2, "torchvision's regnet_y_800mf IMAGENET1K_V2"),
        "d0d0e4a8": .init("regnet_y_8gf", .torchvisionV1, "torchvision's regnet_y_8gf IMAGENET1K_V1"),
        "dc2b1b54": .init("regnet_y_8gf", .torchvisionV2, "torchvision's regnet_y_8gf IMAGENET1K_V2"),
        "63fe2227": .init("resnet101", .torchvisionV1, "torchvision's resnet101 IMAGENET1K_V1"),
        "cd907fc2": .init("resnet101", .torchvisionV2, "torchvision's resnet101 IMAGENET1K_V2"),
        "394f9c45": .init("resnet152", .torchvisionV1, "torchvision's resnet152 IMAGENET1K_V1"),
        "f82ba261": .init("resnet152", .torchvisionV2, "torchvision's resnet152 IMAGENET1K_V2"),
        "f37072fd": .init("resnet18", .torchvisionV1, "torchvision's resnet18 IMAGENET1K_V1"),
        "b627a593": .init("resnet34", .torchvisionV1, "torchvision's resnet34 IMAGENET1K_V1"),
        "0676ba61": .init("resnet50", .torchvisionV1, "torchvision's resnet50 IMAGENET1K_V1"),
        "11ad3fa6": .init("resnet50", .torchvisionV2, "torchvision's resnet50 IMAGENET1K_V2"),
        "8a719046": .init("vgg11", .torchvisionV1, "torchvision's vgg11 IMAGENET1K_V1"),
        "6002323d": .init("vgg11_bn", .torchvisionV1, "torchvision's vgg11_bn IMAGENET1K_V1"),
        "19584684": .init("vgg13", .torchvisionV1, "torchvision's vgg13 IMAGENET1K_V1"),
        "abd245e5": .init("vgg13_bn", .torchvisionV1, "torchvision's vgg13_bn IMAGENET1K_V1"),
        "88682ab5": .init("vgg16", .vggFeatures, "torchvision's vgg16 IMAGENET1K_FEATURES"),
        "397923af": .init("vgg16", .torchvisionV1, "torchvision's vgg16 IMAGENET1K_V1"),
        "6c64b313": .init("vgg16_bn", .torchvisionV1, "torchvision's vgg16_bn IMAGENET1K_V1"),
        "dcbb9e9d": .init("vgg19", .torchvisionV1, "torchvision's vgg19 IMAGENET1K_V1"),
        "c79401a0": .init("vgg19_bn", .torchvisionV1, "torchvision's vgg19_bn IMAGENET1K_V1"),
    ]
}
