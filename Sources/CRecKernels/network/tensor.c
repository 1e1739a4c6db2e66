// Contract: ../include/tensor_f32.h.
#include "../include/tensor_f32.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

ptrdiff_t rec_first_nonfinite_f32(const float *values, ptrdiff_t count) {
    // A stretch is checked as a whole, so that its numbers are compared side by side.
    enum { STRETCH = 256 };
    for (ptrdiff_t first = 0; first < count; first += STRETCH) {
        const ptrdiff_t end = count - first < STRETCH ? count : first + STRETCH;
        uint32_t found = 0;
        for (ptrdiff_t i = first; i < end; i++) {
            uint32_t bits;
            memcpy(&bits, values + i, 4);
            found |= (bits & 0x7F800000u) == 0x7F800000u;
        }
        for (ptrdiff_t i = first; found && i < end; i++) {
            if (!isfinite(values[i])) return i;
        }
    }
    return -1;
}

void rec_hwio_to_oihw_f32(const float *input, ptrdiff_t h, ptrdiff_t w, ptrdiff_t i, ptrdiff_t o, float *output) {
    // In tiles of 16 inputs by 16 outputs: one cache line wide on either side.
    enum { tile = 16 };
    const ptrdiff_t area = h * w;
    for (ptrdiff_t first_out = 0; first_out < o; first_out += tile) {
        const ptrdiff_t last_out = first_out + tile < o ? first_out + tile : o;
        for (ptrdiff_t first = 0; first < i; first += tile) {
            const ptrdiff_t last = first + tile < i ? first + tile : i;
            for (ptrdiff_t out = first_out; out < last_out; out++) {
                float *target = output + (out * i + first) * area;
                for (ptrdiff_t channel = first; channel < last; channel++) {
                    for (ptrdiff_t pixel = 0; pixel < area; pixel++) {
                        *target++ = input[(pixel * i + channel) * o + out];
                    }
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

void rec_scale_columns_f32(float *values, ptrdiff_t rows, ptrdiff_t columns, const double *scale) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t column = 0; column < columns; column++) {
            values[row * columns + column] = (float)(values[row * columns + column] * scale[column]);
        }
    }
}
