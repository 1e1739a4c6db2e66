// Kernels over positions: normalisation across the channels of a pixel, softmax of rows.

INLINE float NAME(sum_of_lanes)(v8 x) {
    return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

/// NaN if a lane is.
INLINE float NAME(largest_lane)(v8 x) {
    float largest = x[0];
    for (int lane = 1; lane < 8; lane++) largest = x[lane] > largest || x[lane] != x[lane] ? x[lane] : largest;
    return largest;
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

/// Some neighbouring pixels.
INLINE void NAME(normalize)(const int count, const float *input, const ptrdiff_t channels, const ptrdiff_t pitch,
                            const float *scale, const float *shift, const float epsilon, float *output) {
    const ptrdiff_t blocks = (channels + 7) / 8;
    const v8 used = NAME(used_lanes)(channels);
    v8 sums[4];
    UNROLL for (int i = 0; i < count; i++) sums[i] = (v8){0};
    for (ptrdiff_t block = 0; block < blocks; block++) {
        UNROLL for (int i = 0; i < count; i++) {
            const v8 value = NAME(load)(input + block * pitch + 8 * i);
            sums[i] += block == blocks - 1 ? NAME(select)(used > 0.5f, value, (v8){0}) : value;
        }
    }
    float means[4], factors[4];
    UNROLL for (int i = 0; i < count; i++) means[i] = NAME(sum_of_lanes)(sums[i]) / (float)channels;
    UNROLL for (int i = 0; i < count; i++) sums[i] = (v8){0};
    for (ptrdiff_t block = 0; block < blocks; block++) {
        UNROLL for (int i = 0; i < count; i++) {
            v8 value = NAME(load)(input + block * pitch + 8 * i) - means[i];
            if (block == blocks - 1) value = NAME(select)(used > 0.5f, value, (v8){0});
            sums[i] += value * value;
        }
    }
    UNROLL for (int i = 0; i < count; i++) {
        factors[i] = 1.0f / sqrtf(NAME(sum_of_lanes)(sums[i]) / (float)channels + epsilon);
    }
    for (ptrdiff_t block = 0; block < blocks; block++) {
        const v8 gain = NAME(load)(scale + block * 8), offset = NAME(load)(shift + block * 8);
        UNROLL for (int i = 0; i < count; i++) {
            const v8 value = (NAME(load)(input + block * pitch + 8 * i) - means[i]) * factors[i];
            NAME(store)(output + block * pitch + 8 * i, value * gain + offset);
        }
    }
}

static void NAME(layer_normalization)(const float *input, ptrdiff_t channels, ptrdiff_t pixels, ptrdiff_t first,
                                      ptrdiff_t count, const float *scale, const float *shift, float epsilon,
                                      float *output) {
    const ptrdiff_t pitch = pixels * 8, end = first + count;
    // Four pixels fill two cache lines of each block.
    for (; first + 4 <= end; first += 4) {
        NAME(normalize)(4, input + first * 8, channels, pitch, scale, shift, epsilon, output + first * 8);
    }
    for (; first < end; first++) {
        NAME(normalize)(1, input + first * 8, channels, pitch, scale, shift, epsilon, output + first * 8);
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
        const float peak = NAME(largest_lane)(most);
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
