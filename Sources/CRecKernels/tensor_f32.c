// Contract: include/tensor_f32.h.
#include "include/tensor_f32.h"

#include <stdint.h>
#include <string.h>

ptrdiff_t rec_first_nonfinite_f32(const float *values, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, values + i, 4);
        if ((bits & 0x7F800000u) == 0x7F800000u) {
            return i;
        }
    }
    return -1;
}

void rec_hwio_to_oihw_f32(const float *input, ptrdiff_t h, ptrdiff_t w, ptrdiff_t i, ptrdiff_t o, float *output) {
    // Blocks of output channels, so that a block's lines are still in the cache when the next input row needs them.
    enum { block = 16 };
    const ptrdiff_t area = h * w;
    for (ptrdiff_t first = 0; first < o; first += block) {
        const ptrdiff_t last = first + block < o ? first + block : o;
        for (ptrdiff_t channel = 0; channel < i; channel++) {
            for (ptrdiff_t pixel = 0; pixel < area; pixel++) {
                const float *row = input + (pixel * i + channel) * o;
                for (ptrdiff_t out = first; out < last; out++) {
                    output[(out * i + channel) * area + pixel] = row[out];
                }
            }
        }
    }
}

void rec_scale_rows_f32(float *values, ptrdiff_t rows, ptrdiff_t columns, const double *scale) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t column = 0; column < columns; column++) {
            values[row * columns + column] = (float)(values[row * columns + column] * scale[row]);
        }
    }
}
