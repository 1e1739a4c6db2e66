// Contract: include/convolution_f32.h. The oracle of every faster convolution: written to be read, not to be fast.
#include "include/convolution_f32.h"

void rec_direct_convolution_f32(const rec_window *window, ptrdiff_t output_channels, ptrdiff_t groups,
                                const float *input, const float *weights, const float *bias, const float *residual,
                                rec_activation activation, float *output) {
    const rec_window g = *window;
    const ptrdiff_t inputs = g.channels / groups;
    const ptrdiff_t outputs = output_channels / groups;
    const ptrdiff_t pixels = g.output_height * g.output_width;
    for (ptrdiff_t o = 0; o < output_channels; o++) {
        const float *first_plane = input + (o / outputs) * inputs * g.height * g.width;
        const float *filter = weights + o * inputs * g.kernel_height * g.kernel_width;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
            ptrdiff_t top = pixel / g.output_width * g.stride_height - g.pad_top;
            ptrdiff_t left = pixel % g.output_width * g.stride_width - g.pad_left;
            double sum = 0;
            for (ptrdiff_t i = 0; i < inputs; i++) {
                for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++) {
                    for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++) {
                        ptrdiff_t y = top + ky, x = left + kx;
                        if (y < 0 || y >= g.height || x < 0 || x >= g.width) {
                            continue;
                        }
                        sum += (double)first_plane[(i * g.height + y) * g.width + x] *
                               filter[(i * g.kernel_height + ky) * g.kernel_width + kx];
                    }
                }
            }
            output[o * pixels + pixel] = (float)sum;
        }
    }
    rec_epilogue_f32(output, output_channels, pixels, bias, residual, activation);
}
