// The blocked kernels for any processor: the reference for the other variants.
#include "../include/blocked_f32.h"
#include "variants.h"
#include "vector.h"

// Vectors never cross a function call: everything that takes one is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define HAS_AVX2 0
#define NAME(x) scalar_##x
#include "lanes.h"
#include "planes.h"
#include "product.h"
#include "winograd.h"

const rec_variant rec_variant_scalar = {
    scalar_product, scalar_winograd_input, scalar_winograd_output,
    scalar_depthwise, scalar_maxpool, scalar_affine,
};
