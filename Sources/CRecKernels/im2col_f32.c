// Contract: include/convolution_f32.h. Any sizes and strides of at least 1; padding may be larger than the kernel.
#include "include/convolution_f32.h"

#include <string.h>

static inline ptrdiff_t clamp(ptrdiff_t value, ptrdiff_t low, ptrdiff_t high) {
    return value < low ? low : value > high ? high : value;
}

/// One row of output pixels for one tap: destination[x] = source[x * stride + offset], zero outside the source.
static void copy_row(const float *source, ptrdiff_t width, ptrdiff_t offset, ptrdiff_t stride, ptrdiff_t output_width,
                     float *destination) {
    // The first and last output pixel whose source lies inside.
    ptrdiff_t begin = offset >= 0 ? 0 : clamp((-offset + stride - 1) / stride, 0, output_width);
    ptrdiff_t end = offset >= width ? 0 : clamp((width - 1 - offset) / stride + 1, 0, output_width);
    if (end < begin) {
        end = begin;
    }
    memset(destination, 0, (size_t)begin * sizeof(float));
    if (stride == 1) {
        memcpy(destination + begin, source + begin + offset, (size_t)(end - begin) * sizeof(float));
    } else {
        for (ptrdiff_t x = begin; x < end; x++) {
            destination[x] = source[x * stride + offset];
        }
    }
    memset(destination + end, 0, (size_t)(output_width - end) * sizeof(float));
}

void rec_im2col_f32(const rec_window *window, const float *input, ptrdiff_t first_row, ptrdiff_t row_count,
                    float *columns) {
    const rec_window g = *window;
    for (ptrdiff_t channel = 0; channel < g.channels; channel++) {
        const float *plane = input + channel * g.height * g.width;
        for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++) {
            for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++) {
                for (ptrdiff_t row = first_row; row < first_row + row_count; row++) {
                    ptrdiff_t y = row * g.stride_height + ky - g.pad_top;
                    if (y < 0 || y >= g.height) {
                        memset(columns, 0, (size_t)g.output_width * sizeof(float));
                    } else {
                        const float *line = plane + y * g.width;
                        copy_row(line, g.width, kx - g.pad_left, g.stride_width, g.output_width, columns);
                    }
                    columns += g.output_width;
                }
            }
        }
    }
}
