// Contract: see pixels.h; pure copies and table look-ups, so every variant gives equal bits.
// Variants: scalar.
#include "../include/pixels.h"

#include <string.h>

void rec_remap_rgb8(
    const uint8_t *source, ptrdiff_t origin, ptrdiff_t x_step, ptrdiff_t y_step, uint8_t *destination, size_t columns,
    size_t rows) {
    // Tiles keep the source lines of a transposition in the cache.
    enum { tile = 32 };
    for (size_t top = 0; top < rows; top += tile) {
        size_t bottom = rows - top < tile ? rows : top + tile;
        for (size_t left = 0; left < columns; left += tile) {
            size_t right = columns - left < tile ? columns : left + tile;
            for (size_t y = top; y < bottom; y++) {
                ptrdiff_t in = origin + (ptrdiff_t)left * x_step + (ptrdiff_t)y * y_step;
                uint8_t *out = destination + 3 * (y * columns + left);
                for (size_t x = left; x < right; x++, in += x_step, out += 3) {
                    const uint8_t *pixel = source + 3 * in;
                    out[0] = pixel[0];
                    out[1] = pixel[1];
                    out[2] = pixel[2];
                }
            }
        }
    }
}

void rec_gather_rgb8(
    const uint8_t *source, size_t source_stride, const int32_t *x_indices, const int32_t *y_indices,
    uint8_t *destination, size_t columns, size_t rows) {
    memset(destination, 0, 3 * columns * rows);
    for (size_t y = 0; y < rows; y++) {
        if (y_indices[y] < 0) {
            continue;
        }
        const uint8_t *line = source + (size_t)y_indices[y] * source_stride;
        for (size_t x = 0; x < columns; x++) {
            if (x_indices[x] >= 0) {
                memcpy(destination + 3 * (y * columns + x), line + 3 * (size_t)x_indices[x], 3);
            }
        }
    }
}

void rec_composite_rgba8(const uint8_t *source, size_t count, const uint8_t color[3], uint8_t *destination) {
    for (size_t i = 0; i < count; i++, source += 4, destination += 3) {
        uint32_t alpha = source[3];
        if (alpha == 255) {
            memcpy(destination, source, 3);
            continue;
        }
        for (size_t channel = 0; channel < 3; channel++) {
            uint32_t sum = (source[channel] * alpha + color[channel] * (255 - alpha) + 128) << 7;
            destination[channel] = (uint8_t)(((sum >> 8) + sum) >> 15);
        }
    }
}

void rec_planes_from_rgb8(
    const uint8_t *source, size_t count, const uint8_t channels[3], const float *tables, float *planes) {
    for (size_t plane = 0; plane < 3; plane++) {
        const uint8_t *in = source + channels[plane];
        const float *table = tables + 256 * plane;
        float *out = planes + plane * count;
        for (size_t i = 0; i < count; i++, in += 3) {
            out[i] = table[*in];
        }
    }
}
