// Rearranging maps and weights of few bits; contracts in ../include/network_narrow.h.
#include "../include/network_narrow.h"
#include <string.h>

void rec_dequantize(const uint8_t *input, ptrdiff_t channels, ptrdiff_t pixels, int32_t zero, float scale,
                    float *output) {
    const ptrdiff_t pitch = (channels + REC_NARROW_PLANES - 1) / REC_NARROW_PLANES * REC_NARROW_PLANES;
    for (ptrdiff_t first = 0; first < channels; first += REC_BLOCK) {
        const ptrdiff_t count = channels - first < REC_BLOCK ? channels - first : REC_BLOCK;
        for (ptrdiff_t pixel = 0; pixel < pixels; pixel++, output += REC_BLOCK) {
            const uint8_t *from = input + pixel * pitch + first;
            for (ptrdiff_t lane = 0; lane < REC_BLOCK; lane++) output[lane] = (float)(from[lane] - zero) * scale;
            for (ptrdiff_t lane = count; lane < REC_BLOCK; lane++) output[lane] = 0;
        }
    }
}

/// Writes `count` bytes as numbers; returns their end.
static void *widen(const uint8_t *from, ptrdiff_t count, ptrdiff_t number, void *to) {
    if (number == 1) {
        memcpy(to, from, (size_t)count);
    } else {
        uint16_t *numbers = to;
        for (ptrdiff_t i = 0; i < count; i++) numbers[i] = from[i];
    }
    return (char *)to + count * number;
}

static void *fill(uint8_t filler, ptrdiff_t count, ptrdiff_t number, void *to) {
    if (number == 1) {
        memset(to, filler, (size_t)count);
    } else {
        uint16_t *numbers = to;
        for (ptrdiff_t i = 0; i < count; i++) numbers[i] = filler;
    }
    return (char *)to + count * number;
}

void rec_pad_bytes(const uint8_t *input, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, ptrdiff_t top,
                   ptrdiff_t left, ptrdiff_t padded_height, ptrdiff_t padded_width, uint8_t filler, ptrdiff_t number,
                   void *output) {
    const ptrdiff_t line = width * channels, right = (padded_width - left - width) * channels;
    output = fill(filler, top * padded_width * channels, number, output);
    for (ptrdiff_t row = 0; row < height; row++, input += line) {
        output = fill(filler, left * channels, number, output);
        output = widen(input, line, number, output);
        output = fill(filler, right, number, output);
    }
    fill(filler, (padded_height - top - height) * padded_width * channels, number, output);
}

/// Calls `PUT(place, plane, k)` for each number of a packed matrix, in order.
#define FOR_EACH_PACKED(PUT)                                                                                          \
    const ptrdiff_t group = REC_GROUP_BYTES / format->number;                                                         \
    for (ptrdiff_t first = 0, place = 0; first < planes; first += format->panel) {                                    \
        const ptrdiff_t width = planes - first <= format->panel / 2 ? format->panel / 2 : format->panel;              \
        for (ptrdiff_t start = 0; start < depth; start += group) {                                                    \
            for (ptrdiff_t plane = first; plane < first + width; plane++) {                                           \
                for (ptrdiff_t k = start; k < start + group; k++, place++) PUT;                                       \
            }                                                                                                         \
        }                                                                                                             \
    }

void rec_pack_bytes(const int8_t *matrix, ptrdiff_t planes, ptrdiff_t depth, const rec_narrow_format *format,
                    void *packed) {
    int8_t *bytes = packed;
    int16_t *words = packed;
    if (format->number == 1) {
        FOR_EACH_PACKED(bytes[place] = matrix[plane * depth + k])
    } else {
        FOR_EACH_PACKED(words[place] = matrix[plane * depth + k])
    }
}

/// Half to even, as the processors do it; not for NaN.
static uint16_t bfloat16(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

void rec_pack_bfloat16(const float *matrix, ptrdiff_t planes, ptrdiff_t depth, const rec_narrow_format *format,
                       uint16_t *packed) {
    FOR_EACH_PACKED(packed[place] = bfloat16(matrix[plane * depth + k]))
}
