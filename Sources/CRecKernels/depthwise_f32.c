// Contract: include/convolution_f32.h. The taps of a pixel are added in row-major order, starting from the bias.
#include "include/convolution_f32.h"

/// The output pixels [begin, end) of a row whose source for a tap lies inside a line of `size` elements.
static inline void inside(ptrdiff_t size, ptrdiff_t offset, ptrdiff_t stride, ptrdiff_t output, ptrdiff_t *begin,
                          ptrdiff_t *end) {
    *begin = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
    *end = offset >= size ? 0 : (size - 1 - offset) / stride + 1;
    if (*end > output) {
        *end = output;
    }
}

static void add_tap(const float *source, float *line, ptrdiff_t begin, ptrdiff_t end, ptrdiff_t offset,
                    ptrdiff_t stride, float weight) {
    if (stride == 1) {
        for (ptrdiff_t x = begin; x < end; x++) {
            line[x] += source[x + offset] * weight;
        }
    } else {
        for (ptrdiff_t x = begin; x < end; x++) {
            line[x] += source[x * stride + offset] * weight;
        }
    }
}

void rec_depthwise_f32(const rec_window *window, const float *input, const float *weights, const float *bias,
                       const float *residual, rec_activation activation, float *output) {
    const rec_window g = *window;
    const ptrdiff_t pixels = g.output_height * g.output_width;
    for (ptrdiff_t channel = 0; channel < g.channels; channel++) {
        const float *plane = input + channel * g.height * g.width;
        const float *filter = weights + channel * g.kernel_height * g.kernel_width;
        float *out = output + channel * pixels;
        for (ptrdiff_t row = 0; row < g.output_height; row++) {
            float *line = out + row * g.output_width;
            for (ptrdiff_t x = 0; x < g.output_width; x++) {
                line[x] = bias[channel];
            }
            for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++) {
                ptrdiff_t y = row * g.stride_height + ky - g.pad_top;
                if (y < 0 || y >= g.height) {
                    continue;
                }
                for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++) {
                    ptrdiff_t begin, end;
                    inside(g.width, kx - g.pad_left, g.stride_width, g.output_width, &begin, &end);
                    add_tap(plane + y * g.width, line, begin, end, kx - g.pad_left, g.stride_width,
                            filter[ky * g.kernel_width + kx]);
                }
            }
        }
        rec_epilogue_f32(out, 1, pixels, 0, residual ? residual + channel * pixels : 0, activation);
    }
}
