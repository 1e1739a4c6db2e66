// Contract: include/convolution_f32.h.
#include "include/convolution_f32.h"

void rec_maxpool_f32(const rec_window *window, const float *input, float *output) {
    const rec_window g = *window;
    for (ptrdiff_t channel = 0; channel < g.channels; channel++) {
        const float *plane = input + channel * g.height * g.width;
        for (ptrdiff_t row = 0; row < g.output_height; row++) {
            ptrdiff_t top = row * g.stride_height - g.pad_top;
            ptrdiff_t bottom = top + g.kernel_height < g.height ? top + g.kernel_height : g.height;
            top = top < 0 ? 0 : top;
            for (ptrdiff_t column = 0; column < g.output_width; column++) {
                ptrdiff_t left = column * g.stride_width - g.pad_left;
                ptrdiff_t right = left + g.kernel_width < g.width ? left + g.kernel_width : g.width;
                left = left < 0 ? 0 : left;
                float best = plane[top * g.width + left];
                for (ptrdiff_t y = top; y < bottom; y++) {
                    for (ptrdiff_t x = left; x < right; x++) {
                        float value = plane[y * g.width + x];
                        best = value > best || value != value ? value : best;
                    }
                }
                *output++ = best;
            }
        }
    }
}
