// Products of bytes with the vector instructions for them, in 512 bits.
#include "../include/network_narrow.h"

#define T(x) NAME(bytes_##x)
#define PRODUCT rec_byte_product
#define LANES 16
#define SUMS __m512i
#define MOST_PIXELS 8

INLINE SUMS T(start)(const PRODUCT *p, ptrdiff_t plane) { return _mm512_loadu_si512(p->starts + plane); }

INLINE SUMS T(add)(SUMS sums, const char *pixel, const char *weights) {
    int32_t four;
    memcpy(&four, pixel, sizeof four);
    return _mm512_dpbusd_epi32(sums, _mm512_set1_epi32(four), _mm512_loadu_si512(weights));
}

INLINE void T(finish)(const PRODUCT *p, const SUMS *sums, const int v_count, const int m_count, const ptrdiff_t plane,
                      const ptrdiff_t row, const ptrdiff_t pixel) {
    const __m512 low = _mm512_set1_ps(p->low), high = _mm512_set1_ps(p->high);
    const __m512 factor = _mm512_set1_ps(p->residual_scale);
    UNROLL for (int v = 0; v < v_count; v++) {
        const ptrdiff_t first = plane + v * LANES;
        const __m512 scale = _mm512_loadu_ps(p->scale + first), bias = _mm512_loadu_ps(p->bias + first);
        const uint8_t *other =
            p->residual ? p->residual + row * p->residual_row_pitch + pixel * p->residual_pixel_pitch + first : NULL;
        const ptrdiff_t place = row * p->row_pitch + pixel * p->pixel_pitch;
        UNROLL for (int m = 0; m < m_count; m++) {
            __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[m * 2 + v]), scale);
            value = _mm512_add_ps(value, bias);
            if (other) {
                const __m128i bytes = _mm_loadu_si128((const __m128i *)(other + m * p->residual_pixel_pitch));
                const __m512 summand = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes)), factor);
                value = _mm512_add_ps(value, summand);
            }
            value = _mm512_min_ps(high, _mm512_max_ps(low, value));
            if (p->bytes) {
                _mm_storeu_si128((__m128i *)(p->bytes + place + m * p->pixel_pitch + first),
                                 _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(value)));
            } else {
                float *to = p->floats + place + m * p->pixel_pitch + first / REC_BLOCK * p->block_pitch;
                if (first / REC_BLOCK < p->blocks) _mm256_storeu_ps(to, _mm512_castps512_ps256(value));
                if (first / REC_BLOCK + 1 < p->blocks) {
                    _mm256_storeu_ps(to + p->block_pitch, _mm512_extractf32x8_ps(value, 1));
                }
            }
        }
    }
}
#include "tiles.h"
