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

void rec_winograd_coefficients(ptrdiff_t m, ptrdiff_t stride, float *coefficients) {
    double transform[9][3] = {{0}};
    filter_transform(m, stride == 1 ? 3 : 2, transform);
    for (ptrdiff_t i = 0; i < 27; i++) coefficients[i] = (float)transform[i / 3][i % 3];
}

void rec_winograd_panels_f32(const float *weights, ptrdiff_t outputs, ptrdiff_t inputs, float *panels) {
    const ptrdiff_t depth = (inputs + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    const ptrdiff_t planes = (outputs + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    for (ptrdiff_t first = 0; first < planes; first += REC_PANEL) {
        const ptrdiff_t width = planes - first < REC_PANEL ? REC_BLOCK : REC_PANEL;
        float *panel = panels + first * depth * 9;
        for (ptrdiff_t lane = 0; lane < width && first + lane < outputs; lane++) {
            const float *from = weights + (first + lane) * inputs * 9;
            for (ptrdiff_t place = 0; place < inputs * 9; place++) panel[place * width + lane] = from[place];
        }
    }
}
