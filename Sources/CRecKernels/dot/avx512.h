// Dot products with AVX-512; contract in ../include/dot_f32.h.
#include "finish.h"

enum { DOT_TOGETHER = 4 };

/// The dot product of two vectors. Prefetches as many floats from `ahead` on, but for a rest of less than 32, unless
/// it is NULL.
static inline __attribute__((always_inline)) float NAME(dot)(const float *a, const float *b, size_t count,
                                                             const float *ahead) {
#pragma clang fp contract(off)
    __m512 sum0 = _mm512_setzero_ps(), sum1 = sum0;
    size_t i = 0;
    for (; i + DOT_LANES <= count; i += DOT_LANES) {
        if (ahead) {
            __builtin_prefetch(ahead + i, 0, 2);
            __builtin_prefetch(ahead + i + DOT_LANES / 2, 0, 2);
        }
        sum0 = _mm512_add_ps(sum0, _mm512_mul_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i)));
        sum1 = _mm512_add_ps(sum1, _mm512_mul_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16)));
    }
    float lanes[DOT_LANES];
    _mm512_storeu_ps(lanes, sum0);
    _mm512_storeu_ps(lanes + 16, sum1);
    return NAME(dot_finish)(lanes, a, b, i, count);
}

/// The same for DOT_TOGETHER vectors b, each with what to prefetch.
static void NAME(dots)(const float *a, const float *const *b, size_t count, const float *const *ahead,
                       float *products) {
#pragma clang fp contract(off)
    __m512 sums[DOT_TOGETHER][2];
    for (size_t row = 0; row < DOT_TOGETHER; row++) sums[row][0] = sums[row][1] = _mm512_setzero_ps();
    size_t i = 0;
    for (; i + DOT_LANES <= count; i += DOT_LANES) {
        const __m512 a0 = _mm512_loadu_ps(a + i), a1 = _mm512_loadu_ps(a + i + 16);
        for (size_t row = 0; row < DOT_TOGETHER; row++) {
            __builtin_prefetch(ahead[row] + i, 0, 2);
            __builtin_prefetch(ahead[row] + i + DOT_LANES / 2, 0, 2);
            sums[row][0] = _mm512_add_ps(sums[row][0], _mm512_mul_ps(a0, _mm512_loadu_ps(b[row] + i)));
            sums[row][1] = _mm512_add_ps(sums[row][1], _mm512_mul_ps(a1, _mm512_loadu_ps(b[row] + i + 16)));
        }
    }
    for (size_t row = 0; row < DOT_TOGETHER; row++) {
        float lanes[DOT_LANES];
        _mm512_storeu_ps(lanes, sums[row][0]);
        _mm512_storeu_ps(lanes + 16, sums[row][1]);
        products[row] = NAME(dot_finish)(lanes, a, b[row], i, count);
    }
}

#include "rows.h"
