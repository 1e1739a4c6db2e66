// Resampling in plain C; contract in ../include/resample.h. Sums stay under 2^31: they are at most 255 times 2^23, and a
// half.

enum { FRACTION_BITS = 22, HALF = 1 << (FRACTION_BITS - 1) };

static inline uint8_t NAME(rounded)(int32_t sum) {
    int32_t value = sum >> FRACTION_BITS;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void NAME(resample_horizontal_plain)(
    const uint8_t *source, size_t source_stride, size_t available, uint8_t *destination, size_t destination_stride,
    size_t rows, size_t columns, rec_resample_axis axis) {
    (void)available;
    for (size_t y = 0; y < rows; y++) {
        const uint8_t *line = source + y * source_stride;
        uint8_t *out = destination + y * destination_stride;
        for (size_t x = 0; x < columns; x++, out += 3) {
            const uint8_t *in = line + 3 * (size_t)axis.firsts[x];
            const int32_t *weights = axis.weights + x * axis.weights_stride;
            int32_t red = HALF, green = red, blue = red;
            for (int32_t k = 0; k < axis.counts[x]; k++, in += 3) {
                red += in[0] * weights[k];
                green += in[1] * weights[k];
                blue += in[2] * weights[k];
            }
            out[0] = NAME(rounded)(red);
            out[1] = NAME(rounded)(green);
            out[2] = NAME(rounded)(blue);
        }
    }
}

static void NAME(resample_vertical_plain)(
    const uint8_t *source, size_t source_stride, const int32_t *weights, size_t count, uint8_t *destination,
    size_t row_bytes) {
    // A block of sums at a time: the inner loop runs along the row and vectorises.
    enum { block = 64 };
    int32_t sums[block];
    for (size_t start = 0; start < row_bytes; start += block) {
        size_t width = row_bytes - start < block ? row_bytes - start : block;
        for (size_t i = 0; i < width; i++) {
            sums[i] = HALF;
        }
        for (size_t k = 0; k < count; k++) {
            const uint8_t *in = source + k * source_stride + start;
            for (size_t i = 0; i < width; i++) {
                sums[i] += in[i] * weights[k];
            }
        }
        for (size_t i = 0; i < width; i++) {
            destination[start + i] = NAME(rounded)(sums[i]);
        }
    }
}
