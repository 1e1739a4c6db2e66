// Kernels over positions: normalisation across the channels of a pixel, softmax of rows.

INLINE float NAME(sum_of_lanes)(v8 x) {
    return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

/// The lanes of the last block that hold channels: 1 in those, 0 in others.
INLINE v8 NAME(used_lanes)(ptrdiff_t channels) {
    v8 used = NAME(splat)(1);
    const ptrdiff_t rest = channels % 8;
    UNROLL for (int i = 0; i < 8; i++) {
        if (rest != 0 && i >= rest) used[i] = 0;
    }
    return used;
}

static void NAME(layer_normalization)(const float *input, ptrdiff_t channels, ptrdiff_t pixels, ptrdiff_t first,
                                      ptrdiff_t count, const float *scale, const float *shift, float epsilon,
                                      float *output) {
    const ptrdiff_t blocks = (channels + 7) / 8, pitch = pixels * 8;
    const v8 used = NAME(used_lanes)(channels);
    for (ptrdiff_t pixel = first; pixel < first + count; pixel++) {
        const float *from = input + pixel * 8;
        float *to = output + pixel * 8;
        v8 sums = {0};
        for (ptrdiff_t block = 0; block < blocks; block++) {
            const v8 value = NAME(load)(from + block * pitch);
            sums += block == blocks - 1 ? NAME(select)(used > 0.5f, value, (v8){0}) : value;
        }
        const float mean = NAME(sum_of_lanes)(sums) / (float)channels;
        v8 squares = {0};
        for (ptrdiff_t block = 0; block < blocks; block++) {
            v8 value = NAME(load)(from + block * pitch) - mean;
            if (block == blocks - 1) value = NAME(select)(used > 0.5f, value, (v8){0});
            squares += value * value;
        }
        const float factor = 1.0f / sqrtf(NAME(sum_of_lanes)(squares) / (float)channels + epsilon);
        for (ptrdiff_t block = 0; block < blocks; block++) {
            v8 value = (NAME(load)(from + block * pitch) - mean) * factor;
            value = value * NAME(load)(scale + block * 8) + NAME(load)(shift + block * 8);
            NAME(store)(to + block * pitch, value);
        }
    }
}

/// Values from `input` on, of which only the first `count` are read; `other` stands for the rest.
INLINE v8 NAME(load_some)(const float *input, ptrdiff_t count, float other) {
    if (count >= 8) return NAME(load)(input);
    float values[8];
    for (ptrdiff_t i = 0; i < 8; i++) values[i] = i < count ? input[i] : other;
    return NAME(load)(values);
}

static void NAME(softmax)(const float *input, ptrdiff_t rows, ptrdiff_t width, float *output) {
    for (ptrdiff_t row = 0; row < rows; row++, input += width, output += width) {
        v8 most = NAME(splat)(-INFINITY);
        for (ptrdiff_t i = 0; i < width; i += 8) {
            most = NAME(larger)(most, NAME(load_some)(input + i, width - i, -INFINITY));
        }
        float peak = most[0];
        for (int lane = 1; lane < 8; lane++) {
            peak = most[lane] > peak || most[lane] != most[lane] ? most[lane] : peak;
        }
        v8 sums = {0};
        for (ptrdiff_t i = 0; i < width; i += 8) {
            const v8 value = NAME(exponential)(NAME(load_some)(input + i, width - i, -INFINITY) - peak);
            if (width - i >= 8) {
                NAME(store)(output + i, value);
                sums += value;
                continue;
            }
            for (ptrdiff_t lane = 0; lane < width - i; lane++) {
                output[i + lane] = value[lane];
                sums[lane] += value[lane];
            }
        }
        const float factor = 1.0f / NAME(sum_of_lanes)(sums);
        for (ptrdiff_t i = 0; i < width; i++) output[i] *= factor;
    }
}
