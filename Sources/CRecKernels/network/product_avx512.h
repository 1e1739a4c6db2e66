// Tiles of a product in vectors of 16 planes: M pixels by one panel, kept in registers over the whole depth. Each pixel
// is an operand of the multiplication that comes from memory, so one register holds weights and all others sums. A
// value has the same terms in the same order as in the tiles of other levels.

#define PITCHED_PIXELS 28

INLINE v16 NAME(load_pair)(const float *low, const float *high) {
    return _mm512_insertf32x8(_mm512_castps256_ps512(NAME(load)(low)), NAME(load)(high), 1);
}

INLINE void NAME(panel_tile)(const int m_count, const ptrdiff_t pitch, const rec_product *p, const float *input,
                             const float *weights, float *output, const float *bias, const float *residual,
                             const float *next, const char *ahead, const ptrdiff_t ahead_lines) {
    v16 sums[PITCHED_PIXELS];
    UNROLL for (int m = 0; m < m_count; m++) sums[m] = (v16){0};
    // What the end of the tile needs arrives while sums are made.
    const ptrdiff_t block_pitch = p->output_block_pitch, pixel_pitch = p->output_pixel_pitch;
    UNROLL for (int v = 0; v < 2; v++) {
        UNROLL for (int m = 0; m < m_count; m += 2) {
            __builtin_prefetch(output + v * block_pitch + m * 8, 1, 3);
            if (residual) __builtin_prefetch(residual + v * block_pitch + m * 8, 0, 3);
        }
    }
    const ptrdiff_t *offsets = p->offsets, *end = offsets + p->offset_count;
    for (; offsets < end; offsets++) {
        const float *x = input + *offsets;
        for (ptrdiff_t line = 0; line < ahead_lines; line++) __builtin_prefetch(ahead + 64 * line, 0, 2);
        ahead += 64 * ahead_lines;
        if (next) {
            UNROLL for (int m = 0; m < m_count; m += 2) __builtin_prefetch(next + *offsets + m * 8, 0, 3);
        }
        _Pragma("clang loop unroll_count(4)") for (ptrdiff_t r = 0; r < 8; r++) {
            const v16 w = *(const v16_unaligned *)weights;
            weights += 16;
            UNROLL for (int m = 0; m < m_count; m++) {
                sums[m] = (v16)_mm512_set1_ps(x[m * pitch + r]) * w + sums[m];
            }
        }
    }
    const v8 low = NAME(splat)(p->finish.low), high = NAME(splat)(p->finish.high);
    const v16 add = bias ? *(const v16_unaligned *)bias : (v16){0};
    UNROLL for (int m = 0; m < m_count; m++) {
        const ptrdiff_t place = m * pixel_pitch;
        v16 sum = sums[m] + add;
        if (residual) sum += NAME(load_pair)(residual + place, residual + block_pitch + place);
        NAME(store)(output + place, NAME(limit)(_mm512_castps512_ps256(sum), low, high));
        NAME(store)(output + block_pitch + place, NAME(limit)(_mm512_extractf32x8_ps(sum, 1), low, high));
    }
}

#define PANEL_TILE(M, PITCH, LABEL)                                                                                   \
    static __attribute__((noinline)) void NAME(panel_##M##_##LABEL)(                                                  \
        const rec_product *p, const float *input, const float *weights, float *output, const float *bias,             \
        const float *residual, const float *next, const char *ahead, ptrdiff_t ahead_lines) {                         \
        NAME(panel_tile)(M, PITCH, p, input, weights, output, bias, residual, next, ahead, ahead_lines);              \
    }
#define FOR_PANEL_TILES(DO, PITCH, LABEL)                                                                             \
    DO(1, PITCH, LABEL) DO(2, PITCH, LABEL) DO(3, PITCH, LABEL) DO(4, PITCH, LABEL) DO(5, PITCH, LABEL)               \
    DO(6, PITCH, LABEL) DO(7, PITCH, LABEL) DO(8, PITCH, LABEL) DO(9, PITCH, LABEL) DO(10, PITCH, LABEL)              \
    DO(11, PITCH, LABEL) DO(12, PITCH, LABEL) DO(13, PITCH, LABEL) DO(14, PITCH, LABEL) DO(15, PITCH, LABEL)          \
    DO(16, PITCH, LABEL) DO(17, PITCH, LABEL) DO(18, PITCH, LABEL) DO(19, PITCH, LABEL) DO(20, PITCH, LABEL)          \
    DO(21, PITCH, LABEL) DO(22, PITCH, LABEL) DO(23, PITCH, LABEL) DO(24, PITCH, LABEL) DO(25, PITCH, LABEL)          \
    DO(26, PITCH, LABEL) DO(27, PITCH, LABEL) DO(28, PITCH, LABEL)
#define PANEL_NAME(M, PITCH, LABEL) NAME(panel_##M##_##LABEL),
#define PANEL_TILES(PITCH, LABEL)                                                                                     \
    FOR_PANEL_TILES(PANEL_TILE, PITCH, LABEL)                                                                         \
    static const NAME(tile_function) NAME(tiles_2_##LABEL)[] = {FOR_PANEL_TILES(PANEL_NAME, PITCH, LABEL)};

PANEL_TILES(8, dense)
PANEL_TILES(16, every_second)
