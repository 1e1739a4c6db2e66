// Dot products with AVX2; contract in ../include/dot_f32.h.
#include "finish.h"

enum { DOT_TOGETHER = 2 };

/// The dot product of two vectors. Prefetches as many floats from `ahead` on, but for a rest of less than 32, unless
/// it is NULL.
static inline __attribute__((always_inline)) float NAME(dot)(const float *a, const float *b, size_t count,
                                                             const float *ahead) {
#pragma clang fp contract(off)
    __m256 sum0 = _mm256_setzero_ps(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t i = 0;
    for (; i + DOT_LANES <= count; i += DOT_LANES) {
        if (ahead) {
            __builtin_prefetch(ahead + i, 0, 2);
            __builtin_prefetch(ahead + i + DOT_LANES / 2, 0, 2);
        }
        sum0 = _mm256_add_ps(sum0, _mm256_mul_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i)));
        sum1 = _mm256_add_ps(sum1, _mm256_mul_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8)));
        sum2 = _mm256_add_ps(sum2, _mm256_mul_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16)));
        sum3 = _mm256_add_ps(sum3, _mm256_mul_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24)));
    }
    float lanes[DOT_LANES];
    _mm256_storeu_ps(lanes, sum0);
    _mm256_storeu_ps(lanes + 8, sum1);
    _mm256_storeu_ps(lanes + 16, sum2);
    _mm256_storeu_ps(lanes + 24, sum3);
    return NAME(dot_finish)(lanes, a, b, i, count);
}

/// The same for DOT_TOGETHER vectors b, each with what to prefetch.
static void NAME(dots)(const float *a, const float *const *b, size_t count, const float *const *ahead,
                       float *products) {
#pragma clang fp contract(off)
    __m256 sums[DOT_TOGETHER][4];
    for (size_t row = 0; row < DOT_TOGETHER; row++) {
        for (size_t part = 0; part < 4; part++) sums[row][part] = _mm256_setzero_ps();
    }
    size_t i = 0;
    for (; i + DOT_LANES <= count; i += DOT_LANES) {
        for (size_t row = 0; row < DOT_TOGETHER; row++) {
            __builtin_prefetch(ahead[row] + i, 0, 2);
            __builtin_prefetch(ahead[row] + i + DOT_LANES / 2, 0, 2);
        }
        for (size_t part = 0; part < 4; part++) {
            const __m256 present = _mm256_loadu_ps(a + i + 8 * part);
            for (size_t row = 0; row < DOT_TOGETHER; row++) {
                const __m256 other = _mm256_loadu_ps(b[row] + i + 8 * part);
                sums[row][part] = _mm256_add_ps(sums[row][part], _mm256_mul_ps(present, other));
            }
        }
    }
    for (size_t row = 0; row < DOT_TOGETHER; row++) {
        float lanes[DOT_LANES];
        for (size_t part = 0; part < 4; part++) _mm256_storeu_ps(lanes + 8 * part, sums[row][part]);
        products[row] = NAME(dot_finish)(lanes, a, b[row], i, count);
    }
}

#include "rows.h"
