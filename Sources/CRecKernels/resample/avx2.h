// Resampling with AVX2; contract in ../include/resample.h. A weight is split into w = 2^11 * high + low, so that both
// parts fit the 16-bit multiply-and-add of two neighbouring taps, which has twice the throughput of 32-bit products.
#include "plain.h"

enum { LOW_BITS = 11, LOW_MASK = (1 << LOW_BITS) - 1, ROW_GROUP = 4 };

/// The four bytes red, green, blue, 0 of a pixel from its sums: taps 0 and 1 of four in the lower, 2 and 3 in the upper
/// half of a register.
static inline __attribute__((always_inline)) __m128i NAME(sums_of_halves)(__m256i high, __m256i low) {
    __m256i sums = _mm256_add_epi32(_mm256_slli_epi32(high, LOW_BITS), low);
    __m128i both = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return _mm_srai_epi32(_mm_add_epi32(both, _mm_set1_epi32(HALF)), FRACTION_BITS);
}

/// Filters `rows` rows, 1 or ROW_GROUP, which the compiler knows. Reads four pixels and four bytes at a time.
static inline __attribute__((always_inline)) void NAME(horizontal_rows)(
    const size_t rows, const uint8_t *source, size_t source_stride, uint8_t *destination, size_t destination_stride,
    size_t columns, rec_resample_axis axis) {
    // Of four pixels: for each channel the 16-bit pair of two taps.
    const __m256i pixels = _mm256_setr_epi8(
        0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1, //
        6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
    // Of four 32-bit weights: the lower halves of two, for every channel.
    const __m256i pairs = _mm256_setr_epi8(
        0, 1, 4, 5, 0, 1, 4, 5, 0, 1, 4, 5, 0, 1, 4, 5, //
        8, 9, 12, 13, 8, 9, 12, 13, 8, 9, 12, 13, 8, 9, 12, 13);
    for (size_t x = 0; x < columns; x++) {
        const uint8_t *in = source + 3 * (size_t)axis.firsts[x];
        const int32_t *weights = axis.weights + x * axis.weights_stride;
        __m256i high[ROW_GROUP], low[ROW_GROUP];
        for (size_t y = 0; y < rows; y++) {
            high[y] = low[y] = _mm256_setzero_si256();
        }
        for (int32_t k = 0; k < axis.counts[x]; k += 4, in += 12) {
            __m256i weight = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(weights + k)));
            __m256i weight_high = _mm256_shuffle_epi8(_mm256_srai_epi32(weight, LOW_BITS), pairs);
            __m256i weight_low =
                _mm256_shuffle_epi8(_mm256_and_si256(weight, _mm256_set1_epi32(LOW_MASK)), pairs);
            for (size_t y = 0; y < rows; y++) {
                __m128i loaded = _mm_loadu_si128((const __m128i *)(in + y * source_stride));
                __m256i taps = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loaded), pixels);
                high[y] = _mm256_add_epi32(high[y], _mm256_madd_epi16(taps, weight_high));
                low[y] = _mm256_add_epi32(low[y], _mm256_madd_epi16(taps, weight_low));
            }
        }
        for (size_t y = 0; y < rows; y++) {
            __m128i sums = NAME(sums_of_halves)(high[y], low[y]);
            __m128i words = _mm_packs_epi32(sums, sums);
            int32_t pixel = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
            uint8_t *out = destination + y * destination_stride + 3 * x;
            if (x + 1 < columns) {
                // A fourth byte goes where the next pixel will be.
                memcpy(out, &pixel, 4);
            } else {
                memcpy(out, &pixel, 3);
            }
        }
    }
}

static void NAME(resample_horizontal)(
    const uint8_t *source, size_t source_stride, size_t available, uint8_t *destination, size_t destination_stride,
    size_t rows, size_t columns, rec_resample_axis axis) {
    // How far from the start of a row the loads reach.
    size_t reach = 0;
    for (size_t x = 0; x < columns; x++) {
        size_t taps = ((size_t)axis.counts[x] + 3) / 4 * 4;
        size_t end = taps ? 3 * ((size_t)axis.firsts[x] + taps) + 4 : 0;
        reach = end > reach ? end : reach;
    }
    size_t y = 0;
    for (; y + ROW_GROUP <= rows && (y + ROW_GROUP - 1) * source_stride + reach <= available; y += ROW_GROUP) {
        NAME(horizontal_rows)(
            ROW_GROUP, source + y * source_stride, source_stride, destination + y * destination_stride,
            destination_stride, columns, axis);
    }
    for (; y < rows && y * source_stride + reach <= available; y++) {
        NAME(horizontal_rows)(
            1, source + y * source_stride, source_stride, destination + y * destination_stride, destination_stride,
            columns, axis);
    }
    NAME(resample_horizontal_plain)(
        source + y * source_stride, source_stride, 0, destination + y * destination_stride, destination_stride,
        rows - y, columns, axis);
}

/// Filters the 32 bytes of each row that start at `source`.
static inline __attribute__((always_inline)) void NAME(vertical_block)(
    const uint8_t *source, size_t source_stride, const int32_t *weights, size_t count, uint8_t *destination) {
    const __m256i zero = _mm256_setzero_si256();
    __m256i high[4], low[4];
    for (size_t i = 0; i < 4; i++) {
        high[i] = low[i] = zero;
    }
    for (size_t k = 0; k < count; k += 2) {
        const uint8_t *in = source + k * source_stride;
        __m256i even = _mm256_loadu_si256((const __m256i *)in);
        __m256i odd = k + 1 < count ? _mm256_loadu_si256((const __m256i *)(in + source_stride)) : zero;
        int32_t second = k + 1 < count ? weights[k + 1] : 0;
        uint32_t first_high = (uint32_t)(weights[k] >> LOW_BITS), second_high = (uint32_t)(second >> LOW_BITS);
        __m256i weight_high = _mm256_set1_epi32((int32_t)(second_high << 16 | (first_high & 0xFFFF)));
        __m256i weight_low = _mm256_set1_epi32((second & LOW_MASK) << 16 | (weights[k] & LOW_MASK));
        __m256i lower = _mm256_unpacklo_epi8(even, odd), upper = _mm256_unpackhi_epi8(even, odd);
        __m256i taps[4] = {
            _mm256_unpacklo_epi8(lower, zero), _mm256_unpackhi_epi8(lower, zero), _mm256_unpacklo_epi8(upper, zero),
            _mm256_unpackhi_epi8(upper, zero)};
        for (size_t i = 0; i < 4; i++) {
            high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(taps[i], weight_high));
            low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(taps[i], weight_low));
        }
    }
    for (size_t i = 0; i < 4; i++) {
        __m256i sums = _mm256_add_epi32(_mm256_slli_epi32(high[i], LOW_BITS), low[i]);
        high[i] = _mm256_srai_epi32(_mm256_add_epi32(sums, _mm256_set1_epi32(HALF)), FRACTION_BITS);
    }
    // Unpacking and packing both stay within the halves, so the bytes are in order again.
    __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(high[0], high[1]), _mm256_packs_epi32(high[2], high[3]));
    _mm256_storeu_si256((__m256i *)destination, bytes);
}

static void NAME(resample_vertical)(
    const uint8_t *source, size_t source_stride, const int32_t *weights, size_t count, uint8_t *destination,
    size_t row_bytes) {
    size_t i = 0;
    for (; i + 32 <= row_bytes; i += 32) {
        NAME(vertical_block)(source + i, source_stride, weights, count, destination + i);
    }
    if (i < row_bytes && row_bytes >= 32) {
        // The last block overlaps the one before it.
        i = row_bytes - 32;
        NAME(vertical_block)(source + i, source_stride, weights, count, destination + i);
    } else if (i < row_bytes) {
        NAME(resample_vertical_plain)(source, source_stride, weights, count, destination, row_bytes);
    }
}
