// Contract: ../include/dot_f32.h. Fused multiply-adds are off, since they would round otherwise.

enum { DOT_LANES = 32 };

/// Adds the elements from `start` on and folds the lanes.
static float NAME(dot_finish)(float *lanes, const float *a, const float *b, size_t start, size_t count) {
#pragma clang fp contract(off)
    for (size_t lane = 0; start + lane < count; lane++) {
        lanes[lane] += a[start + lane] * b[start + lane];
    }
    for (size_t width = DOT_LANES / 2; width > 0; width /= 2) {
        for (size_t lane = 0; lane < width; lane++) {
            lanes[lane] += lanes[lane + width];
        }
    }
    return lanes[0];
}
