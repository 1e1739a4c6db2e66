// Contract: include/convolution_f32.h. Plain loops that the compiler vectorises; the order of the additions is fixed.
#include "include/convolution_f32.h"

static inline float activate(float value, rec_activation activation) {
    // Comparisons are written so that NaN passes through.
    if (activation != REC_ACTIVATION_NONE) {
        value = value < 0 ? 0 : value;
    }
    if (activation == REC_ACTIVATION_RELU6) {
        value = value > 6 ? 6 : value;
    }
    return value;
}

static inline void add_rows(float *values, ptrdiff_t rows, ptrdiff_t columns, const float *bias, const float *residual,
                            rec_activation activation) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *line = values + row * columns;
        float shift = bias ? bias[row] : 0;
        if (residual) {
            const float *other = residual + row * columns;
            for (ptrdiff_t i = 0; i < columns; i++) {
                line[i] = activate(line[i] + shift + other[i], activation);
            }
        } else {
            for (ptrdiff_t i = 0; i < columns; i++) {
                line[i] = activate(line[i] + shift, activation);
            }
        }
    }
}

void rec_epilogue_f32(float *values, ptrdiff_t rows, ptrdiff_t columns, const float *bias, const float *residual,
                      rec_activation activation) {
    // One call a case, so that the activation is a constant inside the loops.
    switch (activation) {
    case REC_ACTIVATION_NONE:
        add_rows(values, rows, columns, bias, residual, REC_ACTIVATION_NONE);
        break;
    case REC_ACTIVATION_RELU:
        add_rows(values, rows, columns, bias, residual, REC_ACTIVATION_RELU);
        break;
    case REC_ACTIVATION_RELU6:
        add_rows(values, rows, columns, bias, residual, REC_ACTIVATION_RELU6);
        break;
    }
}

void rec_affine_f32(const float *input, float *output, ptrdiff_t rows, ptrdiff_t columns, const float *scale,
                    const float *shift, rec_activation activation) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t i = 0; i < columns; i++) {
            output[row * columns + i] = activate(input[row * columns + i] * scale[row] + shift[row], activation);
        }
    }
}
