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

void rec_average_pool_f32(const rec_window *window, const float *input, ptrdiff_t bottom, ptrdiff_t right,
                          int counts_padding, float *output) {
    const rec_window g = *window;
    for (ptrdiff_t row = 0; row < g.output_height; row++) {
        const ptrdiff_t y0 = row * g.stride_height - g.pad_top;
        const ptrdiff_t y_end = y0 + g.kernel_height, y_last = y_end < g.height ? y_end : g.height;
        const ptrdiff_t rows = (y_end < g.height + bottom ? y_end : g.height + bottom) - y0;
        for (ptrdiff_t column = 0; column < g.output_width; column++) {
            const ptrdiff_t x0 = column * g.stride_width - g.pad_left;
            const ptrdiff_t x_end = x0 + g.kernel_width, x_last = x_end < g.width ? x_end : g.width;
            const ptrdiff_t columns = (x_end < g.width + right ? x_end : g.width + right) - x0;
            float sums[REC_BLOCK] = {0};
            const ptrdiff_t y_first = y0 > 0 ? y0 : 0, x_first = x0 > 0 ? x0 : 0;
            for (ptrdiff_t y = y_first; y < y_last; y++) {
                for (ptrdiff_t x = x_first; x < x_last; x++) {
                    const float *from = input + (y * g.width + x) * REC_BLOCK;
                    for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) sums[lane] += from[lane];
                }
            }
            const ptrdiff_t count = counts_padding ? rows * columns : (y_last - y_first) * (x_last - x_first);
            for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) *output++ = sums[lane] / (float)count;
        }
    }
}

void rec_pack_operand_f32(const float *matrix, ptrdiff_t depth, ptrdiff_t columns, ptrdiff_t depth_pitch,
                          ptrdiff_t column_pitch, float *packed) {
    const ptrdiff_t padded = (columns + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    for (ptrdiff_t first = 0; first < padded; first += REC_PANEL) {
        const ptrdiff_t width = padded - first < REC_PANEL ? padded - first : REC_PANEL;
        const ptrdiff_t used = columns - first < width ? columns - first : width;
        for (ptrdiff_t k = 0; k < depth; k++) {
            const float *from = matrix + k * depth_pitch + first * column_pitch;
            for (ptrdiff_t lane = 0; lane < used; lane++) packed[lane] = from[lane * column_pitch];
            for (ptrdiff_t lane = used; lane < width; lane++) packed[lane] = 0;
            packed += width;
        }
    }
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

void rec_pack_panels_f32(const float *matrix, ptrdiff_t outputs, ptrdiff_t output_pitch, ptrdiff_t column_pitch,
                         const ptrdiff_t *order, ptrdiff_t depth, ptrdiff_t width, float *packed) {
    const ptrdiff_t planes = (outputs + REC_BLOCK - 1) / REC_BLOCK * REC_BLOCK;
    for (ptrdiff_t first = 0; first < planes; first += width) {
        const ptrdiff_t count = planes - first < width ? planes - first : width;
        const ptrdiff_t used = outputs - first < count ? outputs - first : count;
        for (ptrdiff_t k = 0; k < depth; k++, packed += count) {
            const float *from = matrix + first * output_pitch + order[k] * column_pitch;
            if (order[k] < 0) {
                memset(packed, 0, (size_t)count * sizeof(float));
            } else if (output_pitch == 1 && used == REC_PANEL) {
                memcpy(packed, from, REC_PANEL * sizeof(float));
            } else {
                for (ptrdiff_t lane = 0; lane < used; lane++) packed[lane] = from[lane * output_pitch];
                for (ptrdiff_t lane = used; lane < count; lane++) packed[lane] = 0;
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
