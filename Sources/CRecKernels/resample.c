// Contract: byte for byte Pillow's 8-bit resampling. Integer sums do not depend on order, so any variant can be exact:
// weights have 22 fraction bits and more than 16 bits in all. Sums stay under 2^31 because the weights of an output
// element add up to 1 and the negative lobes of the filters in use are below a quarter of that.
// Variants: scalar.
#include "include/resample.h"

enum { fraction_bits = 22 };

static inline uint8_t rounded(int32_t sum) {
    int32_t value = sum >> fraction_bits;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

void rec_resample_horizontal_rgb8(
    const uint8_t *source, size_t source_stride, uint8_t *destination, size_t destination_stride, size_t rows,
    size_t columns, rec_resample_axis axis) {
    for (size_t y = 0; y < rows; y++) {
        const uint8_t *line = source + y * source_stride;
        uint8_t *out = destination + y * destination_stride;
        for (size_t x = 0; x < columns; x++, out += 3) {
            const uint8_t *in = line + 3 * (size_t)axis.firsts[x];
            const int32_t *weights = axis.weights + x * axis.weights_stride;
            int32_t red = 1 << (fraction_bits - 1), green = red, blue = red;
            for (int32_t k = 0; k < axis.counts[x]; k++, in += 3) {
                red += in[0] * weights[k];
                green += in[1] * weights[k];
                blue += in[2] * weights[k];
            }
            out[0] = rounded(red);
            out[1] = rounded(green);
            out[2] = rounded(blue);
        }
    }
}

void rec_resample_vertical_u8(
    const uint8_t *source, size_t source_stride, uint8_t *destination, size_t destination_stride, size_t rows,
    size_t row_bytes, rec_resample_axis axis) {
    // A block of sums at a time: the inner loop runs along the row and vectorises.
    enum { block = 64 };
    int32_t sums[block];
    for (size_t y = 0; y < rows; y++) {
        const uint8_t *top = source + (size_t)axis.firsts[y] * source_stride;
        const int32_t *weights = axis.weights + y * axis.weights_stride;
        uint8_t *out = destination + y * destination_stride;
        for (size_t start = 0; start < row_bytes; start += block) {
            size_t width = row_bytes - start < block ? row_bytes - start : block;
            for (size_t i = 0; i < width; i++) {
                sums[i] = 1 << (fraction_bits - 1);
            }
            for (int32_t k = 0; k < axis.counts[y]; k++) {
                const uint8_t *in = top + (size_t)k * source_stride + start;
                for (size_t i = 0; i < width; i++) {
                    sums[i] += in[i] * weights[k];
                }
            }
            for (size_t i = 0; i < width; i++) {
                out[start + i] = rounded(sums[i]);
            }
        }
    }
}
