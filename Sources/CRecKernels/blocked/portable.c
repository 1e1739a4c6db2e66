// The blocked kernels for any processor: the reference for the other variants.
#include "../include/blocked_f32.h"
#include "variants.h"
#include "vector.h"

// Vectors never cross a function call: everything that takes one is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define HAS_AVX2 0
#define NAME(x) portable_##x
#include "lanes.h"
#include "planes.h"
#include "product.h"
#include "winograd.h"

const rec_variant rec_variant_portable = {
    portable_product, portable_winograd_input, portable_winograd_output,
    portable_depthwise, portable_maxpool, portable_affine,
};
