// Products of bfloat16 in 512 bits, with floats in blocks before and after them.
#include "../include/network_narrow.h"

static void NAME(bfloat16_convert)(const float *input, ptrdiff_t blocks, ptrdiff_t block_pitch, ptrdiff_t rows,
                                   ptrdiff_t columns, uint16_t *output, ptrdiff_t row_pitch) {
    const ptrdiff_t pitch = (blocks + 1) / 2 * REC_NARROW_PLANES;
    for (ptrdiff_t row = 0; row < rows; row++, input += columns * REC_BLOCK, output += row_pitch) {
        for (ptrdiff_t block = 0; block < blocks; block++) {
            const float *from = input + block * block_pitch;
            uint16_t *to = output + block * REC_BLOCK;
            for (ptrdiff_t pixel = 0; pixel < columns; pixel++, from += REC_BLOCK, to += pitch) {
                _mm_storeu_si128((__m128i *)to, (__m128i)_mm256_cvtneps_pbh(_mm256_loadu_ps(from)));
            }
        }
        if (blocks % 2 == 0) continue;
        for (ptrdiff_t pixel = 0; pixel < columns; pixel++) {
            memset(output + pixel * pitch + blocks * REC_BLOCK, 0, REC_BLOCK * sizeof *output);
        }
    }
}

#define T(x) NAME(bfloat16_##x)
#define PRODUCT rec_bfloat16_product
#define LANES 16
#define SUMS __m512
#define MOST_PIXELS 8

INLINE SUMS T(start)(const PRODUCT *p, ptrdiff_t plane) {
    return p->finish.bias ? _mm512_loadu_ps(p->finish.bias + plane) : _mm512_setzero_ps();
}

INLINE SUMS T(add)(SUMS sums, const char *pixel, const char *weights) {
    int32_t two;
    memcpy(&two, pixel, sizeof two);
    return _mm512_dpbf16_ps(sums, (__m512bh)_mm512_set1_epi32(two), (__m512bh)_mm512_loadu_si512(weights));
}

INLINE void T(finish)(const PRODUCT *p, const SUMS *sums, const int v_count, const int m_count, const ptrdiff_t plane,
                      const ptrdiff_t row, const ptrdiff_t pixel) {
    const __m256 low = _mm256_set1_ps(p->finish.low), high = _mm256_set1_ps(p->finish.high);
    const ptrdiff_t place = row * p->row_pitch + pixel * p->pixel_pitch;
    UNROLL for (int v = 0; v < v_count; v++) {
        UNROLL for (int half = 0; half < 2; half++) {
            const ptrdiff_t block = plane / REC_BLOCK + 2 * v + half;
            if (block >= p->blocks) continue;
            float *to = p->output + place + block * p->block_pitch;
            const float *other = p->finish.residual ? p->finish.residual + place + block * p->block_pitch : NULL;
            UNROLL for (int m = 0; m < m_count; m++) {
                const __m512 sum = sums[m * 2 + v];
                __m256 value = half ? _mm512_extractf32x8_ps(sum, 1) : _mm512_castps512_ps256(sum);
                if (other) value = _mm256_add_ps(value, _mm256_loadu_ps(other + m * p->pixel_pitch));
                _mm256_storeu_ps(to + m * p->pixel_pitch, _mm256_min_ps(high, _mm256_max_ps(low, value)));
            }
        }
    }
}
#include "tiles.h"
