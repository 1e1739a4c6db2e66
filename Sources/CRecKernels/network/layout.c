// Rearranging maps and filters; contracts in ../include/network_f32.h.
#include "../include/network_f32.h"
#include <math.h>
#include <string.h>

void rec_planes_to_blocks_f32(const float *planes, ptrdiff_t channels, ptrdiff_t pixels, float *blocks) {
    for (ptrdiff_t first = 0; first < channels; first += REC_BLOCK) {
        const ptrdiff_t count = channels - first < REC_BLOCK ? channels - first : REC_BLOCK;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
            for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) {
                *blocks++ = lane < count ? planes[(first + lane) * pixels + pixel] : 0;
            }
        }
    }
}

void rec_blocks_to_planes_f32(const float *blocks, ptrdiff_t channels, ptrdiff_t pixels, float *planes) {
    for (ptrdiff_t channel = 0; channel < channels; channel++) {
        const float *from = blocks + channel / REC_BLOCK * pixels * REC_BLOCK + channel % REC_BLOCK;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) *planes++ = from[pixel * REC_BLOCK];
    }
}

void rec_rows_to_blocks_f32(const float *rows, ptrdiff_t channels, ptrdiff_t pixels, float *blocks) {
    for (ptrdiff_t first = 0; first < channels; first += REC_BLOCK) {
        const ptrdiff_t count = channels - first < REC_BLOCK ? channels - first : REC_BLOCK;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
            const float *from = rows + pixel * channels + first;
            for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) *blocks++ = lane < count ? from[lane] : 0;
        }
    }
}

void rec_blocks_to_rows_f32(const float *blocks, ptrdiff_t channels, ptrdiff_t pixels, float *rows) {
    for (ptrdiff_t first = 0; first < channels; first += REC_BLOCK) {
        const ptrdiff_t count = channels - first < REC_BLOCK ? channels - first : REC_BLOCK;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
            float *to = rows + pixel * channels + first;
            for (ptrdiff_t lane = 0; lane < count; lane++) to[lane] = blocks[lane];
            blocks += REC_BLOCK;
        }
    }
}

void rec_blocked_mean_f32(const float *input, ptrdiff_t pixels, float *means) {
    double sums[REC_BLOCK] = {0};
    for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
        for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) sums[lane] += input[pixel * REC_BLOCK + lane];
    }
    for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) means[lane] = (float)(sums[lane] / (double)pixels);
}

void rec_pad_f32(const float *input, ptrdiff_t height, ptrdiff_t width, ptrdiff_t element, ptrdiff_t top,
                 ptrdiff_t left, ptrdiff_t padded_height, ptrdiff_t padded_width, float *output) {
    const ptrdiff_t right = padded_width - left - width;
    const size_t line = (size_t)(width * element) * sizeof(float);
    memset(output, 0, (size_t)(top * padded_width * element) * sizeof(float));
    output += top * padded_width * element;
    for (ptrdiff_t row = 0; row < height; row++) {
        memset(output, 0, (size_t)(left * element) * sizeof(float));
        output += left * element;
        memcpy(output, input, line);
        output += width * element, input += width * element;
        memset(output, 0, (size_t)(right * element) * sizeof(float));
        output += right * element;
    }
    memset(output, 0, (size_t)((padded_height - top - height) * padded_width * element) * sizeof(float));
}

void rec_pack_panels_f32(const float *matrix, ptrdiff_t outputs, ptrdiff_t columns, const ptrdiff_t *order,
                         ptrdiff_t depth, ptrdiff_t width, float *packed) {
    const ptrdiff_t planes = (outputs + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    for (ptrdiff_t first = 0; first < planes; first += width) {
        const ptrdiff_t count = planes - first < width ? planes - first : width;
        for (ptrdiff_t k = 0; k < depth; k++) {
            for (ptrdiff_t lane = 0; lane < count; lane++) {
                const ptrdiff_t output = first + lane;
                *packed++ = output < outputs && order[k] >= 0 ? matrix[output * columns + order[k]] : 0;
            }
        }
    }
}

void rec_gather_f32(const rec_window *window, const float *input, float *output) {
    const rec_window g = *window;
    for (ptrdiff_t ky = 0; ky < g.kernel_height; ky++) {
        for (ptrdiff_t kx = 0; kx < g.kernel_width; kx++) {
            for (ptrdiff_t row = 0; row < g.output_height; row++) {
                const ptrdiff_t y = row * g.stride_height + ky - g.pad_top;
                for (ptrdiff_t column = 0; column < g.output_width; column++) {
                    const ptrdiff_t x = column * g.stride_width + kx - g.pad_left;
                    if (y < 0 || y >= g.height || x < 0 || x >= g.width) {
                        memset(output, 0, sizeof(float) * REC_BLOCK);
                    } else {
                        memcpy(output, input + (y * g.width + x) * REC_BLOCK, sizeof(float) * REC_BLOCK);
                    }
                    output += REC_BLOCK;
                }
            }
        }
    }
}
