// Contract: the sum of products is kept in 32 lanes, element i in lane i % 32, and the lanes are folded in halves.
// Products are rounded before they are added (no fused multiply-add), so every variant and every machine gives the same
// bits; the scan waits for memory, not for arithmetic.
// Variants: portable C, AVX2.
#include "include/dot_f32.h"

#pragma STDC FP_CONTRACT OFF

enum { LANES = 32 };

/// Adds the elements from `start` on and folds the lanes.
static float finish(float *lanes, const float *a, const float *b, size_t start, size_t count) {
    for (size_t lane = 0; start + lane < count; lane++) {
        lanes[lane] += a[start + lane] * b[start + lane];
    }
    for (size_t width = LANES / 2; width > 0; width /= 2) {
        for (size_t lane = 0; lane < width; lane++) {
            lanes[lane] += lanes[lane + width];
        }
    }
    return lanes[0];
}

static float dot_portable(const float *a, const float *b, size_t count) {
    float lanes[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            lanes[lane] += a[i + lane] * b[i + lane];
        }
    }
    return finish(lanes, a, b, i, count);
}

void rec_dot_f32_rows__portable(
    const float *query, const float *rows, size_t dimension, size_t count, float *products) {
    for (size_t row = 0; row < count; row++) {
        products[row] = dot_portable(query, rows + row * dimension, dimension);
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static float dot_avx2(const float *a, const float *b, size_t count) {
    __m256 sum0 = _mm256_setzero_ps(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        sum0 = _mm256_add_ps(sum0, _mm256_mul_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i)));
        sum1 = _mm256_add_ps(sum1, _mm256_mul_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8)));
        sum2 = _mm256_add_ps(sum2, _mm256_mul_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16)));
        sum3 = _mm256_add_ps(sum3, _mm256_mul_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24)));
    }
    float lanes[LANES];
    _mm256_storeu_ps(lanes, sum0);
    _mm256_storeu_ps(lanes + 8, sum1);
    _mm256_storeu_ps(lanes + 16, sum2);
    _mm256_storeu_ps(lanes + 24, sum3);
    return finish(lanes, a, b, i, count);
}

static void rows_avx2(const float *query, const float *rows, size_t dimension, size_t count, float *products) {
    for (size_t row = 0; row < count; row++) {
        products[row] = dot_avx2(query, rows + row * dimension, dimension);
    }
}
#endif

void rec_dot_f32_rows(const float *query, const float *rows, size_t dimension, size_t count, float *products) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        rows_avx2(query, rows, dimension, count, products);
        return;
    }
#endif
    rec_dot_f32_rows__portable(query, rows, dimension, count, products);
}
