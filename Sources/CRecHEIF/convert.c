// Contract: see planes.h. The reference decoders cut luma and chroma to 8 bits, interpolate chroma (of AV1), and convert
// with coefficients of 6 fraction bits. libheif has converted to RGB already; luma and chroma are computed back, which
// recovers them but for clipped colours.
#ifdef REC_HEIF
#include "planes.h"

#include <math.h>
#include <stdlib.h>

static inline float sample(const rec_heif_plane *plane, size_t x, size_t y) {
    const uint8_t *row = plane->samples + y * plane->stride;
    return plane->bits > 8 ? (float)((const uint16_t *)(const void *)row)[x] : (float)row[x];
}

/// The highest 8 bits of a sample.
static inline uint8_t high_byte(const rec_heif_plane *plane, size_t x, size_t y) {
    const uint8_t *row = plane->samples + y * plane->stride;
    unsigned value = plane->bits > 8 ? ((const uint16_t *)(const void *)row)[x] >> (plane->bits - 8) : row[x];
    return value > 255 ? 255 : (uint8_t)value;
}

bool rec_heif_planes_prepare(rec_heif_planes *planes) {
    planes->memory = calloc(4 * planes->width, sizeof *planes->memory);
    for (size_t i = 0; i < 2; i++) {
        planes->chroma[i] = (rec_heif_chroma_row){
            .row = -1,
            .cb = planes->memory + 2 * i * planes->width,
            .cr = planes->memory + (2 * i + 1) * planes->width,
        };
    }
    return planes->memory != NULL;
}

/// The factors from numbers of the library to those of the file, and their zeros.
typedef struct {
    float luma;
    float luma_zero;
    float chroma;
    float chroma_zero;
} scales;

static scales scales_of(const rec_heif_planes *planes) {
    float unit = (float)(1u << (planes->red.bits - 8));
    bool is_full = planes->colors.is_full_range;
    // libheif stretches limited ranges to 256, not to 255.
    return (scales){
        .luma = is_full ? 1 : 219.f / 256,
        .luma_zero = is_full ? 0 : 16 * unit,
        .chroma = is_full ? 1 : 224.f / 256,
        .chroma_zero = 128 * unit,
    };
}

/// A number of luma or chroma as it was stored, cut to 8 bits.
static inline float stored(const rec_heif_planes *planes, float value) {
    return floorf(floorf(value + 0.5f) / (float)(1u << (planes->red.bits - 8)));
}

static inline float luma_at(const rec_heif_planes *planes, size_t x, size_t y) {
    const rec_heif_colors *colors = &planes->colors;
    float red = sample(&planes->red, x, y), blue = sample(&planes->blue, x, y);
    float green = sample(&planes->green, x, y);
    return colors->red * red + colors->blue * blue + (1 - colors->red - colors->blue) * green;
}

/// The number of chroma samples along an axis.
static inline size_t chroma_count(size_t pixels, bool is_halved) { return is_halved ? (pixels + 1) / 2 : pixels; }

/// Computes a row of chroma samples, unless it is one of the last two; each is the mean of the pixels that share it.
static const rec_heif_chroma_row *chroma_row(rec_heif_planes *planes, size_t row) {
    rec_heif_chroma_row *chroma = &planes->chroma[row % 2];
    if (chroma->row == (ptrdiff_t)row) {
        return chroma;
    }
    chroma->row = (ptrdiff_t)row;
    const rec_heif_conversion *conversion = &planes->conversion;
    size_t across = conversion->is_narrow ? 2 : 1, down = conversion->is_low ? 2 : 1;
    scales scale = scales_of(planes);
    size_t samples = chroma_count(planes->width, conversion->is_narrow);
    for (size_t x = 0; x < samples; x++) {
        float cb = 0, cr = 0;
        unsigned count = 0;
        for (size_t y = row * down; y < (row + 1) * down && y < planes->height; y++) {
            for (size_t i = x * across; i < (x + 1) * across && i < planes->width; i++, count++) {
                float luma = luma_at(planes, i, y);
                cb += sample(&planes->blue, i, y) - luma;
                cr += sample(&planes->red, i, y) - luma;
            }
        }
        cb *= 0.5f / (1 - planes->colors.blue) / (float)count;
        cr *= 0.5f / (1 - planes->colors.red) / (float)count;
        chroma->cb[x] = stored(planes, cb * scale.chroma + scale.chroma_zero);
        chroma->cr[x] = stored(planes, cr * scale.chroma + scale.chroma_zero);
    }
    return chroma;
}

/// The other sample that a pixel lies near along a halved axis; its own at the edge.
static inline size_t neighbor(size_t pixel, size_t count) {
    size_t own = pixel / 2;
    size_t other = pixel % 2 ? own + 1 : own ? own - 1 : 0;
    return other < count ? other : count - 1;
}

static inline uint8_t byte_of(int value) { return value < 0 ? 0 : value > 255 ? 255 : (uint8_t)value; }

/// Converts a row from its luma and chroma.
static void convert_luma_and_chroma(
    rec_heif_planes *planes, size_t row, size_t first, size_t columns, size_t step, uint8_t *destination) {
    const rec_heif_colors *colors = &planes->colors;
    bool is_narrow = planes->conversion.is_narrow, is_low = planes->conversion.is_low;
    size_t samples = chroma_count(planes->width, is_narrow), lines = chroma_count(planes->height, is_low);
    const rec_heif_chroma_row *near = chroma_row(planes, is_low ? row / 2 : row);
    bool interpolates = planes->conversion.interpolates;
    const rec_heif_chroma_row *far = is_low && interpolates ? chroma_row(planes, neighbor(row, lines)) : near;
    float green = 1 - colors->red - colors->blue;
    float luma_scale = colors->is_full_range ? 1 : 255.f / 219, chroma_scale = colors->is_full_range ? 1 : 255.f / 224;
    float from_cr = 2 * (1 - colors->red) * chroma_scale, from_cb = 2 * (1 - colors->blue) * chroma_scale;
    float red_cr = rintf(64 * from_cr), blue_cb = rintf(64 * from_cb);
    float green_cb = rintf(64 * from_cb * colors->blue / green), green_cr = rintf(64 * from_cr * colors->red / green);
    float luma_factor = rintf(64 * 65536.f / 257 * luma_scale) * 257 / 65536;
    float zero = 32 - (colors->is_full_range ? 0 : rintf(64 * 16 * luma_scale));
    scales scale = scales_of(planes);
    for (size_t x = first; x < first + columns; x++, destination += step) {
        size_t own = is_narrow ? x / 2 : x, other = is_narrow && interpolates ? neighbor(x, samples) : own;
        float cb = 9 * near->cb[own] + 3 * near->cb[other] + 3 * far->cb[own] + far->cb[other];
        float cr = 9 * near->cr[own] + 3 * near->cr[other] + 3 * far->cr[own] + far->cr[other];
        float u = floorf(cb / 16 + 0.5f) - 128, v = floorf(cr / 16 + 0.5f) - 128;
        float luma = stored(planes, luma_at(planes, x, row) * scale.luma + scale.luma_zero);
        float y = floorf(luma * luma_factor) + zero;
        destination[0] = byte_of((int)floorf((y + red_cr * v) / 64));
        destination[1] = byte_of((int)floorf((y - green_cb * u - green_cr * v) / 64));
        destination[2] = byte_of((int)floorf((y + blue_cb * u) / 64));
    }
}

/// Gray: rounded once, from the numbers of the file.
static void convert_gray(
    const rec_heif_planes *planes, size_t row, size_t first, size_t columns, size_t step, uint8_t *destination) {
    float unit = (float)(1u << (planes->red.bits - 8)), greatest = (float)((1u << planes->red.bits) - 1);
    bool is_full = planes->colors.is_full_range;
    float zero = is_full ? 0 : 16 * unit, scale = 255 / (is_full ? greatest : 219 * unit);
    for (size_t x = first; x < first + columns; x++, destination += step) {
        float value = (sample(&planes->red, x, row) - zero) * scale;
        destination[0] = destination[1] = destination[2] = byte_of((int)lrintf(value));
    }
}

void rec_heif_planes_convert(
    rec_heif_planes *planes, size_t row, size_t first, size_t columns, uint8_t *destination) {
    size_t step = planes->alpha.samples ? 4 : 3;
    const rec_heif_conversion *conversion = &planes->conversion;
    bool is_subsampled = conversion->is_narrow || conversion->is_low;
    bool is_same = planes->red.bits == 8 && !(conversion->interpolates && is_subsampled);
    if (planes->is_gray) {
        convert_gray(planes, row, first, columns, step, destination);
    } else if (planes->colors.has_luma && !is_same) {
        convert_luma_and_chroma(planes, row, first, columns, step, destination);
    } else {
        for (size_t x = 0; x < columns; x++) {
            destination[step * x] = high_byte(&planes->red, first + x, row);
            destination[step * x + 1] = high_byte(&planes->green, first + x, row);
            destination[step * x + 2] = high_byte(&planes->blue, first + x, row);
        }
    }
    if (!planes->alpha.samples) {
        return;
    }
    for (size_t x = 0; x < columns; x++, destination += 4) {
        unsigned alpha = high_byte(&planes->alpha, first + x, row);
        destination[3] = (uint8_t)alpha;
        if (planes->is_premultiplied && alpha > 0 && alpha < 255) {
            for (size_t channel = 0; channel < 3; channel++) {
                destination[channel] = byte_of((int)((destination[channel] * 255u + alpha / 2) / alpha));
            }
        }
    }
}
#endif
