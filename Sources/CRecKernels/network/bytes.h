// Products of bytes for the levels without vector instructions for them (VNNI), and the way from floats to bytes.
#include "../include/network_narrow.h"

/// Eight values from 0 to 255, rounded half to even: adding 1.5 * 2^23 leaves the integer in the lowest bits.
INLINE void NAME(store_bytes)(uint8_t *to, v8 value) {
    typedef uint32_t v8u __attribute__((vector_size(32)));
    typedef uint8_t u8x8 __attribute__((vector_size(8)));
    const u8x8 bytes = __builtin_convertvector((v8u)(value + 12582912.0f) & 0xFF, u8x8);
    memcpy(to, &bytes, sizeof bytes);
}

static void NAME(quantize)(const float *input, ptrdiff_t blocks, ptrdiff_t pixels, float scale, float zero,
                           uint8_t *output) {
    const ptrdiff_t pitch = (blocks + 1) / 2 * REC_NARROW_PLANES;
    const v8 low = {0}, high = NAME(splat)(255);
    if (blocks % 2) {
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) memset(output + pixel * pitch + blocks * REC_BLOCK, 0, 8);
    }
    for (ptrdiff_t block = 0; block < blocks; block++) {
        uint8_t *to = output + block * REC_BLOCK;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++, input += REC_BLOCK, to += pitch) {
            const v8 scaled = NAME(load)(input) * scale;
            NAME(store_bytes)(to, NAME(limit)(scaled + zero, low, high));
        }
    }
}

#define T(x) NAME(bytes_##x)
#define PRODUCT rec_byte_product
#define LANES 8
typedef int32_t NAME(i8) __attribute__((vector_size(32)));
typedef int32_t NAME(i8_unaligned) __attribute__((vector_size(32), aligned(4), may_alias));
#define SUMS NAME(i8)

INLINE SUMS T(start)(const PRODUCT *p, ptrdiff_t plane) { return *(const NAME(i8_unaligned) *)(p->starts + plane); }

#if HAS_AVX2
#define MOST_PIXELS 6
/// Two numbers of 16 bits: no sum of two products is too large, as it can be with two bytes.
INLINE SUMS T(add)(SUMS sums, const char *pixel, const char *weights) {
    int32_t two;
    memcpy(&two, pixel, sizeof two);
    const __m256i products = _mm256_madd_epi16(_mm256_set1_epi32(two), _mm256_loadu_si256((const __m256i *)weights));
    __m256i all = _mm256_add_epi32((__m256i)sums, products);
    // Or else the compiler adds products to each other first, and has too many vectors for the registers.
    __asm__("" : "+x"(all));
    return (SUMS)all;
}
#else
#define MOST_PIXELS 1
INLINE SUMS T(add)(SUMS sums, const char *pixel, const char *weights) {
    const uint8_t *x = (const uint8_t *)pixel;
    const int8_t *w = (const int8_t *)weights;
    UNROLL for (int lane = 0; lane < LANES; lane++, w += 4) {
        sums[lane] += x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + x[3] * w[3];
    }
    return sums;
}
#endif

INLINE void T(finish)(const PRODUCT *p, const SUMS *sums, const int v_count, const int m_count, const ptrdiff_t plane,
                      const ptrdiff_t row, const ptrdiff_t pixel) {
    const v8 low = NAME(splat)(p->low), high = NAME(splat)(p->high), factor = NAME(splat)(p->residual_scale);
    UNROLL for (int v = 0; v < v_count; v++) {
        const ptrdiff_t first = plane + v * LANES;
        if (p->floats && first / REC_BLOCK >= p->blocks) continue;
        const v8 scale = NAME(load)(p->scale + first), bias = NAME(load)(p->bias + first);
        UNROLL for (int m = 0; m < m_count; m++) {
            v8 value = __builtin_convertvector(sums[m * 2 + v], v8) * scale;
            value = value + bias;
            if (p->residual) {
                typedef uint8_t u8x8 __attribute__((vector_size(8)));
                u8x8 other;
                memcpy(&other,
                       p->residual + row * p->residual_row_pitch + (pixel + m) * p->residual_pixel_pitch + first,
                       sizeof other);
                const v8 summand = __builtin_convertvector(other, v8) * factor;
                value = value + summand;
            }
            value = NAME(limit)(value, low, high);
            const ptrdiff_t place = row * p->row_pitch + (pixel + m) * p->pixel_pitch;
            if (p->bytes) {
                NAME(store_bytes)(p->bytes + place + first, value);
            } else {
                NAME(store)(p->floats + place + first / REC_BLOCK * p->block_pitch, value);
            }
        }
    }
}
#include "tiles.h"

static const rec_byte_kernels NAME(bytes) = {
    .format = {.panel = 16, .number = HAS_AVX2 ? 2 : 1},
    .product = NAME(bytes_product),
    .quantize = NAME(quantize),
};
