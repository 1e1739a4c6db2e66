#ifdef REC_PNG
#include "convert.h"

#include <string.h>

/// A sample of gray or a palette.
static inline unsigned sample_at(const uint8_t *samples, size_t x, unsigned depth) {
    if (depth == 8) {
        return samples[x];
    }
    if (depth == 16) {
        return samples[2 * x] ? 255 : samples[2 * x + 1];
    }
    size_t bit = x * depth;
    return samples[bit / 8] >> (8 - depth - bit % 8) & ((1u << depth) - 1);
}

/// Looks colours up; inlined for each number of channels and each depth that is common.
static inline __attribute__((always_inline)) void look_up(
    const rec_png_picture *picture, const uint8_t *samples, uint8_t *destination, size_t first, size_t columns,
    size_t channels, unsigned depth) {
    for (size_t x = first; x < first + columns; x++, destination += channels) {
        memcpy(destination, picture->colors[sample_at(samples, x, depth)], channels);
    }
}

static void convert_colors(
    const rec_png_picture *picture, const uint8_t *samples, uint8_t *destination, size_t first, size_t columns) {
    if (picture->has_alpha) {
        look_up(picture, samples, destination, first, columns, 4, picture->bit_depth);
    } else if (picture->bit_depth == 8) {
        look_up(picture, samples, destination, first, columns, 3, 8);
    } else {
        look_up(picture, samples, destination, first, columns, 3, picture->bit_depth);
    }
}

static void convert_rgb(const rec_png_picture *picture, const uint8_t *samples, uint8_t *destination, size_t columns) {
    if (!picture->has_alpha) {
        memcpy(destination, samples, 3 * columns);
        return;
    }
    for (size_t x = 0; x < columns; x++, samples += 3, destination += 4) {
        memcpy(destination, samples, 3);
        destination[3] = picture->has_key && memcmp(samples, picture->key, 3) == 0 ? 0 : 255;
    }
}

static void convert_gray_alpha(const uint8_t *samples, uint8_t *destination, size_t columns) {
    for (size_t x = 0; x < columns; x++, samples += 2, destination += 4) {
        destination[0] = destination[1] = destination[2] = samples[0];
        destination[3] = samples[1];
    }
}

void rec_png_convert(
    const rec_png_picture *picture, const uint8_t *samples, uint8_t *destination, size_t first, size_t columns) {
    switch (picture->color_type) {
    case 2:
        convert_rgb(picture, samples + 3 * first, destination, columns);
        break;
    case 4:
        convert_gray_alpha(samples + 2 * first, destination, columns);
        break;
    case 6:
        memcpy(destination, samples + 4 * first, 4 * columns);
        break;
    default:
        convert_colors(picture, samples, destination, first, columns);
    }
}
#endif
