// The blocked kernels for x86-64 with AVX2 and FMA.
#if defined(__x86_64__)
#include "../include/blocked_f32.h"
#include "variants.h"
#include "vector.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define HAS_AVX2 1
#define NAME(x) avx2_##x
#include "lanes.h"
#include "planes.h"
#include "product.h"
#include "winograd.h"
#pragma clang attribute pop

const rec_variant rec_variant_avx2 = {
    avx2_product, avx2_winograd_input, avx2_winograd_output,
    avx2_depthwise, avx2_maxpool, avx2_affine,
};
#endif
