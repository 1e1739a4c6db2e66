// Dot products in plain C; contract in ../include/dot_f32.h.
#include "finish.h"

enum { DOT_TOGETHER = 1 };

static inline float NAME(dot)(const float *a, const float *b, size_t count, const float *ahead) {
#pragma clang fp contract(off)
    (void)ahead;
    float lanes[DOT_LANES] = {0};
    size_t i = 0;
    for (; i + DOT_LANES <= count; i += DOT_LANES) {
        for (size_t lane = 0; lane < DOT_LANES; lane++) {
            lanes[lane] += a[i + lane] * b[i + lane];
        }
    }
    return NAME(dot_finish)(lanes, a, b, i, count);
}

static inline void NAME(dots)(const float *a, const float *const *b, size_t count, const float *const *ahead,
                              float *products) {
    products[0] = NAME(dot)(a, b[0], count, ahead[0]);
}

#include "rows.h"
