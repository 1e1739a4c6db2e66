// Dot products in plain C; contract in ../include/dot_f32.h.
#include "finish.h"

static float NAME(dot)(const float *a, const float *b, size_t count) {
#pragma clang fp contract(off)
    float lanes[DOT_LANES] = {0};
    size_t i = 0;
    for (; i + DOT_LANES <= count; i += DOT_LANES) {
        for (size_t lane = 0; lane < DOT_LANES; lane++) {
            lanes[lane] += a[i + lane] * b[i + lane];
        }
    }
    return NAME(dot_finish)(lanes, a, b, i, count);
}

static void NAME(dot_rows)(const float *query, const float *rows, size_t dimension, size_t count, float *products) {
    for (size_t row = 0; row < count; row++) {
        products[row] = NAME(dot)(query, rows + row * dimension, dimension);
    }
}
