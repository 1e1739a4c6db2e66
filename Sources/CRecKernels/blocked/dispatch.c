// Which variant of the blocked kernels runs.
#include "variants.h"

rec_isa rec_isa_best(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return REC_ISA_AVX2;
#endif
    return REC_ISA_SCALAR;
}

static const rec_variant *variant(rec_isa isa) {
#if defined(__x86_64__)
    if (isa == REC_ISA_AVX2) return &rec_variant_avx2;
#endif
    (void)isa;
    return &rec_variant_scalar;
}

void rec_product_f32(rec_isa isa, const rec_product *product) { variant(isa)->product(product); }

void rec_winograd_input_f32(rec_isa isa, const rec_winograd *shape, const float *input, ptrdiff_t first_tile,
                            ptrdiff_t tile_count, ptrdiff_t blocks, ptrdiff_t phase, float *transforms) {
    variant(isa)->winograd_input(shape, input, first_tile, tile_count, blocks, phase, transforms);
}

void rec_winograd_output_f32(rec_isa isa, const rec_winograd *shape, const float *products, ptrdiff_t first_tile,
                             ptrdiff_t tile_count, ptrdiff_t blocks, const rec_finish *finish, int pool,
                             float *output) {
    variant(isa)->winograd_output(shape, products, first_tile, tile_count, blocks, finish, pool, output);
}

void rec_blocked_depthwise_f32(rec_isa isa, const rec_window *window, const float *input, const float *weights,
                               const rec_finish *finish, float *output) {
    variant(isa)->depthwise(window, input, weights, finish, output);
}

void rec_blocked_maxpool_f32(rec_isa isa, const rec_window *window, const float *input, float *output) {
    variant(isa)->maxpool(window, input, output);
}

void rec_blocked_affine_f32(rec_isa isa, const float *input, ptrdiff_t pixels, const float *scale,
                            const rec_finish *finish, float *output) {
    variant(isa)->affine(input, pixels, scale, finish, output);
}
