// Transforming filters for Winograd's algorithm; contracts in ../include/network_f32.h.
#include "../include/network_f32.h"
#include <math.h>
#include <string.h>

/// The finite points of F(m, taps); those of the transforms in winograd.h, in their order.
static ptrdiff_t points(ptrdiff_t m, ptrdiff_t taps, double *p) {
    static const double two[] = {0, 1, -1}, eight[] = {0, 1, -1, 0.5, -0.5, 2, -2};
    static const double nine[] = {0.25, -0.25, 0.75, -0.75, 1.15, -1.15, 2.1, -2.1};
    const double four[] = {0, sqrt(0.5), -sqrt(0.5), sqrt(2), -sqrt(2)};
    const ptrdiff_t count = m + taps - 2;
    memcpy(p, count == 3 ? two : count == 5 ? four : count == 7 ? eight : nine, sizeof(double) * (size_t)count);
    return count;
}

/// The filter transform: for the point p among the others, its powers over the product of its differences to them; for
/// infinity the last coefficient.
static void filter_transform(ptrdiff_t m, ptrdiff_t taps, double transform[9][3]) {
    double p[8];
    const ptrdiff_t count = points(m, taps, p);
    for (ptrdiff_t i = 0; i < count; i++) {
        double product = 1;
        for (ptrdiff_t j = 0; j < count; j++) product *= j == i ? 1 : p[i] - p[j];
        for (ptrdiff_t k = 0; k < taps; k++) transform[i][k] = pow(p[i], (double)k) / product;
    }
    for (ptrdiff_t k = 0; k < taps; k++) transform[count][k] = k == taps - 1;
}

int rec_winograd_uses(ptrdiff_t stride, ptrdiff_t phase, ptrdiff_t position) {
    const int odd_row = phase / 2 != 0, odd_column = phase % 2 != 0;
    return stride == 1 || ((!odd_row || position / 8 != 7) && (!odd_column || position % 8 != 7));
}

/// The taps of a phase along one axis, as coefficients of the transform: with stride 2, taps 0 and 2 or tap 1 alone.
static ptrdiff_t taps_of(ptrdiff_t stride, ptrdiff_t odd, ptrdiff_t *taps) {
    if (stride == 1) return taps[0] = 0, taps[1] = 1, taps[2] = 2, 3;
    if (odd) return taps[0] = 1, 1;
    return taps[0] = 0, taps[1] = 2, 2;
}

void rec_winograd_weights_f32(ptrdiff_t m, ptrdiff_t stride, const float *weights, ptrdiff_t outputs, ptrdiff_t inputs,
                              float *packed) {
    const ptrdiff_t taps = stride == 1 ? 3 : 2, n = m + taps - 1, phases = stride * stride;
    const ptrdiff_t depth = (inputs + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    const ptrdiff_t planes = (outputs + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    double g[9][3];
    filter_transform(m, taps, g);
    ptrdiff_t starts[81], depths[81], total = 0;
    for (ptrdiff_t position = 0; position < n * n; position++) {
        starts[position] = total, depths[position] = 0;
        for (ptrdiff_t phase = 0; phase < phases; phase++) {
            depths[position] += rec_winograd_uses(stride, phase, position) ? depth : 0;
        }
        total += depths[position] * planes;
    }
    ptrdiff_t before[81] = {0};
    for (ptrdiff_t phase = 0; phase < phases; phase++) {
        ptrdiff_t rows[3], columns[3];
        const ptrdiff_t row_count = taps_of(stride, phase / 2, rows);
        const ptrdiff_t column_count = taps_of(stride, phase % 2, columns);
        for (ptrdiff_t panel = 0; panel < planes; panel += REC_PANEL) {
            const ptrdiff_t width = planes - panel < REC_PANEL ? REC_BLOCK : REC_PANEL;
            const ptrdiff_t real = outputs - panel < width ? outputs - panel : width;
            for (ptrdiff_t input = 0; input < inputs; input++) {
                // Filters side by side, so that the loops over lanes are vectors.
                double filter[9][REC_PANEL] = {{0}}, half[9][3][REC_PANEL] = {{{0}}};
                for (ptrdiff_t lane = 0; lane < real; lane++) {
                    const float *from = weights + ((panel + lane) * inputs + input) * 9;
                    for (ptrdiff_t tap = 0; tap < 9; tap++) filter[tap][lane] = from[tap];
                }
                for (ptrdiff_t y = 0; y < n; y++) {
                    for (ptrdiff_t x = 0; x < column_count; x++) {
                        for (ptrdiff_t k = 0; k < row_count; k++) {
                            const double *tap = filter[3 * rows[k] + columns[x]], factor = g[y][k];
                            for (ptrdiff_t lane = 0; lane < REC_PANEL; lane++) half[y][x][lane] += factor * tap[lane];
                        }
                    }
                }
                for (ptrdiff_t y = 0; y < n; y++) {
                    for (ptrdiff_t x = 0; x < n; x++) {
                        const ptrdiff_t position = y * n + x;
                        if (!rec_winograd_uses(stride, phase, position)) continue;
                        double sum[REC_PANEL] = {0};
                        for (ptrdiff_t k = 0; k < column_count; k++) {
                            const double factor = g[x][k];
                            for (ptrdiff_t lane = 0; lane < REC_PANEL; lane++) sum[lane] += half[y][k][lane] * factor;
                        }
                        float *to = packed + starts[position] + panel * depths[position] +
                                    (before[position] + input) * width;
                        for (ptrdiff_t lane = 0; lane < width; lane++) to[lane] = (float)sum[lane];
                    }
                }
            }
        }
        for (ptrdiff_t position = 0; position < n * n; position++) {
            before[position] += rec_winograd_uses(stride, phase, position) ? depth : 0;
        }
    }
}
