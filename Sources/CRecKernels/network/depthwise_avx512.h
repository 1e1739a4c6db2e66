// Depthwise convolution of stride 1 in vectors of two neighbouring pixels. A value has the same terms in the same order
// as at other levels.

INLINE v16 NAME(twice)(v8 value) { return (v16)_mm512_broadcast_f32x8(value); }

INLINE v16 NAME(limit_pair)(v16 value, v16 low, v16 high) {
    return (v16)_mm512_min_ps(high, _mm512_max_ps(low, value));
}

/// `count` neighbouring pixels of a row, in so many pairs, of which the last may be half; otherwise as depthwise_tile. At
/// each side, no more than half of the window may be outside.
INLINE void NAME(depthwise_pairs)(const int pairs, const int kernel, const int is_edge, const ptrdiff_t count,
                                  const ptrdiff_t left, const ptrdiff_t right, const float *input,
                                  const ptrdiff_t row_pitch, const float *weights, const ptrdiff_t kernel_rows,
                                  const rec_finish *finish, const float *residual, float *output) {
    const int columns = 2 * pairs + kernel - 1;
    __mmask16 inside[24];
    if (is_edge) {
        UNROLL for (int place = 0; place < columns - 1; place++) {
            if (place >= kernel / 2 && place < columns - 2 - kernel / 2) continue;
            inside[place] = (__mmask16)((place >= left && place < right ? 0x00FF : 0)
                                        | (place + 1 >= left && place + 1 < right ? 0xFF00 : 0));
        }
    }
    v16 sums[8];
    UNROLL for (int pair = 0; pair < pairs; pair++) sums[pair] = (v16){0};
    for (ptrdiff_t y = 0; y < kernel_rows; y++) {
        const float *line = input + y * row_pitch;
        v16 w[7];
        UNROLL for (int x = 0; x < kernel; x++) w[x] = NAME(twice)(NAME(load)(weights + (y * kernel + x) * 8));
        UNROLL for (int place = 0; place < columns - 1; place++) {
            const int is_masked = is_edge && (place < kernel / 2 || place >= columns - 2 - kernel / 2);
            const v16 value = is_masked ? (v16)_mm512_maskz_loadu_ps(inside[place], line + place * 8)
                                        : *(const v16_unaligned *)(line + place * 8);
            UNROLL for (int pair = 0; pair < pairs; pair++) {
                const int x = place - 2 * pair;
                if (x < 0 || x >= kernel) continue;
                sums[pair] = is_masked ? (v16)_mm512_mask3_fmadd_ps(value, w[x], sums[pair], inside[place])
                                       : value * w[x] + sums[pair];
            }
        }
    }
    const v16 bias = finish->bias ? NAME(twice)(NAME(load)(finish->bias)) : (v16){0};
    const v16 low = (v16)_mm512_set1_ps(finish->low), high = (v16)_mm512_set1_ps(finish->high);
    UNROLL for (int pair = 0; pair < pairs; pair++) {
        const __mmask16 stored = is_edge && 2 * pair + 1 >= count ? 0x00FF : 0xFFFF;
        v16 value = sums[pair] + bias;
        if (residual) value += (v16)_mm512_maskz_loadu_ps(stored, residual + 16 * pair);
        value = NAME(limit_pair)(value, low, high);
        _mm512_mask_storeu_ps(output + 16 * pair, stored, value);
    }
}

typedef void (*NAME(depthwise_pairs_function))(ptrdiff_t, ptrdiff_t, ptrdiff_t, const float *, ptrdiff_t,
                                               const float *, ptrdiff_t, const rec_finish *, const float *, float *);

#define PAIRS(COUNT, KERNEL, EDGE)                                                                                    \
    static __attribute__((noinline)) void NAME(pairs_##COUNT##_##KERNEL##_##EDGE)(                                    \
        ptrdiff_t count, ptrdiff_t left, ptrdiff_t right, const float *input, ptrdiff_t row_pitch,                    \
        const float *weights, ptrdiff_t kernel_rows, const rec_finish *finish, const float *residual,                 \
        float *output) {                                                                                              \
        NAME(depthwise_pairs)(COUNT, KERNEL, EDGE, count, left, right, input, row_pitch, weights, kernel_rows,        \
                              finish, residual, output);                                                              \
    }
#define ALL_PAIRS(KERNEL, EDGE)                                                                                       \
    PAIRS(1, KERNEL, EDGE) PAIRS(2, KERNEL, EDGE) PAIRS(3, KERNEL, EDGE) PAIRS(4, KERNEL, EDGE)                       \
    PAIRS(5, KERNEL, EDGE) PAIRS(6, KERNEL, EDGE) PAIRS(7, KERNEL, EDGE) PAIRS(8, KERNEL, EDGE)                       \
    static const NAME(depthwise_pairs_function) NAME(pairs_##KERNEL##_##EDGE)[] = {                                   \
        NAME(pairs_1_##KERNEL##_##EDGE), NAME(pairs_2_##KERNEL##_##EDGE), NAME(pairs_3_##KERNEL##_##EDGE),            \
        NAME(pairs_4_##KERNEL##_##EDGE), NAME(pairs_5_##KERNEL##_##EDGE), NAME(pairs_6_##KERNEL##_##EDGE),            \
        NAME(pairs_7_##KERNEL##_##EDGE), NAME(pairs_8_##KERNEL##_##EDGE)};
ALL_PAIRS(3, 0) ALL_PAIRS(3, 1) ALL_PAIRS(5, 0) ALL_PAIRS(5, 1) ALL_PAIRS(7, 0) ALL_PAIRS(7, 1)

/// Computes a convolution in pairs of pixels, or returns 0 where windows are of another kind.
static int NAME(depthwise_in_pairs)(const rec_window *g, const float *input, const float *weights,
                                    const rec_finish *finish, float *output) {
    const ptrdiff_t size = g->kernel_width;
    const ptrdiff_t past = g->output_width + size - 1 - g->pad_left - g->width;
    if (g->stride_width != 1 || g->pad_left > size / 2 || past > size / 2) return 0;
    const NAME(depthwise_pairs_function) *inner, *edge;
    switch (size) {
    case 3: inner = NAME(pairs_3_0), edge = NAME(pairs_3_1); break;
    case 5: inner = NAME(pairs_5_0), edge = NAME(pairs_5_1); break;
    case 7: inner = NAME(pairs_7_0), edge = NAME(pairs_7_1); break;
    default: return 0;
    }
    const ptrdiff_t row_pitch = g->width * 8, tiles = (g->output_width + 15) / 16;
    for (ptrdiff_t row = 0; row < g->output_height; row++) {
        const ptrdiff_t top = row * g->stride_height - g->pad_top, y_begin = top < 0 ? -top : 0;
        const ptrdiff_t y_end = top + g->kernel_height > g->height ? g->height - top : g->kernel_height;
        for (ptrdiff_t tile = 0; tile < tiles; tile++) {
            // Whole pairs but in the last tile.
            const ptrdiff_t half = (g->output_width + 1) / 2;
            const ptrdiff_t first = half * tile / tiles * 2, end = half * (tile + 1) / tiles * 2;
            const ptrdiff_t count = (end < g->output_width ? end : g->output_width) - first;
            const ptrdiff_t start = first - g->pad_left, width = count + size - 1;
            const ptrdiff_t left = start < 0 ? -start : 0, right = start + width > g->width ? g->width - start : width;
            const ptrdiff_t here = (row * g->output_width + first) * 8;
            const int is_inner = left == 0 && right == width && count % 2 == 0;
            (is_inner ? inner : edge)[(count - 1) / 2](
                count, left, right, input + (top + y_begin) * row_pitch + start * 8, row_pitch,
                weights + y_begin * size * 8, y_end - y_begin, finish,
                finish->residual ? finish->residual + here : NULL, output + here);
        }
        if (finish->function) NAME(activate)(finish, output + row * g->output_width * 8, g->output_width, 8);
    }
    return 1;
}
