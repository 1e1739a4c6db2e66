// One tile of a product: M pixels by V vectors of planes, kept in registers over the whole depth.
// 6 pixels by 2 vectors take 12 accumulators, 2 vectors of weights and 1 broadcast of AVX2's 16 registers.

INLINE void NAME(tile)(const int m_count, const int v_count, const ptrdiff_t run, const ptrdiff_t pitch,
                       const rec_product *p, const float *input, const float *weights, float *output,
                       const float *bias, const float *residual, const float *next, const char *ahead,
                       const ptrdiff_t ahead_lines) {
    v8 sums[12][2];
    UNROLL for (int m = 0; m < m_count; m++) {
        UNROLL for (int v = 0; v < v_count; v++) sums[m][v] = (v8){0};
    }
    // What the end of the tile needs arrives while sums are made.
    UNROLL for (int v = 0; v < v_count; v++) {
        UNROLL for (int m = 0; m < m_count; m += 2) {
            __builtin_prefetch(output + v * p->output_block_pitch + m * 8, 1, 3);
            if (residual) __builtin_prefetch(residual + v * p->output_block_pitch + m * 8, 0, 3);
        }
    }
    const ptrdiff_t *offsets = p->offsets, *end = offsets + p->offset_count;
    for (; offsets < end; offsets++) {
        const float *x = input + *offsets;
        if (run > 1) {
            for (ptrdiff_t line = 0; line < ahead_lines; line++) __builtin_prefetch(ahead + 64 * line, 0, 2);
            ahead += 64 * ahead_lines;
            if (next) {
                UNROLL for (int m = 0; m < m_count; m += 2) __builtin_prefetch(next + *offsets + m * 8, 0, 3);
            }
        }
        _Pragma("clang loop unroll_count(4)") for (ptrdiff_t r = 0; r < run; r++) {
            v8 w[2];
            UNROLL for (int v = 0; v < v_count; v++) w[v] = NAME(load)(weights + 8 * v);
            weights += 8 * v_count;
            UNROLL for (int m = 0; m < m_count; m++) {
                v8 pixel = NAME(splat)(x[m * pitch + r]);
                UNROLL for (int v = 0; v < v_count; v++) sums[m][v] = pixel * w[v] + sums[m][v];
            }
        }
    }
    const ptrdiff_t pixel_pitch = p->output_pixel_pitch;
    v8 low = NAME(splat)(p->finish.low), high = NAME(splat)(p->finish.high);
    UNROLL for (int v = 0; v < v_count; v++) {
        v8 add = bias ? NAME(load)(bias + 8 * v) : (v8){0};
        float *to = output + v * p->output_block_pitch;
        if (residual) {
            const float *other = residual + v * p->output_block_pitch;
            UNROLL for (int m = 0; m < m_count; m++) {
                const v8 value = sums[m][v] + add + NAME(load)(other + m * pixel_pitch);
                NAME(store)(to + m * pixel_pitch, NAME(limit)(value, low, high));
            }
        } else {
            UNROLL for (int m = 0; m < m_count; m++) {
                NAME(store)(to + m * pixel_pitch, NAME(limit)(sums[m][v] + add, low, high));
            }
        }
    }
}

typedef void (*NAME(tile_function))(const rec_product *, const float *, const float *, float *, const float *,
                                    const float *, const float *, const char *, ptrdiff_t);

#define TILE(M, V, RUN, PITCH, LABEL)                                                                                 \
    static __attribute__((noinline)) void NAME(tile_##M##_##V##_##LABEL)(                                             \
        const rec_product *p, const float *input, const float *weights, float *output, const float *bias,             \
        const float *residual, const float *next, const char *ahead, ptrdiff_t ahead_lines) {                         \
        NAME(tile)(M, V, RUN, PITCH, p, input, weights, output, bias, residual, next, ahead, ahead_lines);            \
    }
// Tiles of up to TILE_PIXELS pixels by 2 vectors, or twice as many by 1: those of TILE_PIXELS 6 are these and others.
#define FEW_NARROW(RUN, PITCH, LABEL)                                                                                 \
    TILE(1, 1, RUN, PITCH, LABEL) TILE(2, 1, RUN, PITCH, LABEL) TILE(3, 1, RUN, PITCH, LABEL)                         \
    TILE(4, 1, RUN, PITCH, LABEL) TILE(5, 1, RUN, PITCH, LABEL) TILE(6, 1, RUN, PITCH, LABEL)
#define FEW_WIDE(RUN, PITCH, LABEL)                                                                                   \
    TILE(1, 2, RUN, PITCH, LABEL) TILE(2, 2, RUN, PITCH, LABEL) TILE(3, 2, RUN, PITCH, LABEL)
#define FEW_1(LABEL)                                                                                                  \
    NAME(tile_1_1_##LABEL), NAME(tile_2_1_##LABEL), NAME(tile_3_1_##LABEL), NAME(tile_4_1_##LABEL),                   \
        NAME(tile_5_1_##LABEL), NAME(tile_6_1_##LABEL)
#define FEW_2(LABEL) NAME(tile_1_2_##LABEL), NAME(tile_2_2_##LABEL), NAME(tile_3_2_##LABEL)
#if TILE_PIXELS == 3
#define NARROW_TILES(RUN, PITCH, LABEL)                                                                               \
    FEW_NARROW(RUN, PITCH, LABEL)                                                                                     \
    static const NAME(tile_function) NAME(tiles_1_##LABEL)[] = {FEW_1(LABEL)};
#define WIDE_TILES(RUN, PITCH, LABEL)                                                                                 \
    FEW_WIDE(RUN, PITCH, LABEL)                                                                                       \
    static const NAME(tile_function) NAME(tiles_2_##LABEL)[] = {FEW_2(LABEL)};
#elif TILE_PIXELS == 6
#define NARROW_TILES(RUN, PITCH, LABEL)                                                                               \
    FEW_NARROW(RUN, PITCH, LABEL)                                                                                     \
    TILE(7, 1, RUN, PITCH, LABEL) TILE(8, 1, RUN, PITCH, LABEL) TILE(9, 1, RUN, PITCH, LABEL)                         \
    TILE(10, 1, RUN, PITCH, LABEL) TILE(11, 1, RUN, PITCH, LABEL) TILE(12, 1, RUN, PITCH, LABEL)                      \
    static const NAME(tile_function) NAME(tiles_1_##LABEL)[] = {                                                      \
        FEW_1(LABEL), NAME(tile_7_1_##LABEL), NAME(tile_8_1_##LABEL), NAME(tile_9_1_##LABEL),                         \
        NAME(tile_10_1_##LABEL), NAME(tile_11_1_##LABEL), NAME(tile_12_1_##LABEL)};
#define WIDE_TILES(RUN, PITCH, LABEL)                                                                                 \
    FEW_WIDE(RUN, PITCH, LABEL)                                                                                       \
    TILE(4, 2, RUN, PITCH, LABEL) TILE(5, 2, RUN, PITCH, LABEL) TILE(6, 2, RUN, PITCH, LABEL)                         \
    static const NAME(tile_function) NAME(tiles_2_##LABEL)[] = {                                                      \
        FEW_2(LABEL), NAME(tile_4_2_##LABEL), NAME(tile_5_2_##LABEL), NAME(tile_6_2_##LABEL)};
#else
#error "There are tiles for TILE_PIXELS 3 and 6."
#endif

// Those by 2 vectors whose pixels are 8 or 16 floats apart are other ones, of more pixels, where there is AVX-512.
NARROW_TILES(8, 8, dense)
NARROW_TILES(8, 16, every_second)
#if HAS_AVX512
#include "product_avx512.h"
#else
#define PITCHED_PIXELS TILE_PIXELS
WIDE_TILES(8, 8, dense)
WIDE_TILES(8, 16, every_second)
#endif
NARROW_TILES(8, p->pixel_pitch, any)
WIDE_TILES(8, p->pixel_pitch, any)
NARROW_TILES(1, p->pixel_pitch, planar)
WIDE_TILES(1, p->pixel_pitch, planar)

#if HAS_AVX2
#include "few_pixels.h"
#endif

/// The part of a product's sums that runs over `p->offset_count` offsets. Panels are `panel_depth` deep, and this part
/// starts `start` deep in them.
static void NAME(product_part)(const rec_product *p, const ptrdiff_t panel_depth, const ptrdiff_t start) {
    const NAME(tile_function) *narrow = NAME(tiles_1_any), *wide = NAME(tiles_2_any);
    ptrdiff_t wide_pixels = TILE_PIXELS;
    if (p->run == 1) {
        narrow = NAME(tiles_1_planar), wide = NAME(tiles_2_planar);
    } else if (p->pixel_pitch == 8) {
        narrow = NAME(tiles_1_dense), wide = NAME(tiles_2_dense), wide_pixels = PITCHED_PIXELS;
    } else if (p->pixel_pitch == 16) {
        narrow = NAME(tiles_1_every_second), wide = NAME(tiles_2_every_second), wide_pixels = PITCHED_PIXELS;
    }
    ptrdiff_t block = 0;
#if HAS_AVX2
    block = NAME(few_pixels)(p, panel_depth, start);
#endif
    for (; block < p->blocks; block += 2) {
        const int is_wide = block + 1 < p->blocks;
        const NAME(tile_function) *functions = is_wide ? wide : narrow;
        const ptrdiff_t most = is_wide ? wide_pixels : 2 * TILE_PIXELS, tiles = (p->pixels + most - 1) / most;
        const float *weights = p->weights + block * 8 * panel_depth + (is_wide ? 16 : 8) * start;
        const float *bias = p->finish.bias ? p->finish.bias + block * 8 : NULL;
        // The next panel comes from memory while this one is at work: each tile asks for its share of it.
        const char *ahead = (const char *)(weights + (is_wide ? 16 : 8) * panel_depth);
        const ptrdiff_t lines = p->run == 1 ? 0 : is_wide ? 8 : 4, calls = p->rows * tiles;
        const ptrdiff_t share = (lines + calls - 1) / calls;
        ptrdiff_t left = lines;
        // The first panel brings the pixels into the caches for the others: each tile asks for those of the next.
        const int is_first = block == 0 && p->run > 1 && p->pixel_pitch == 8;
        for (ptrdiff_t row = 0; row < p->rows; row++) {
            const float *input = p->input + row * p->row_pitch;
            const ptrdiff_t place = block * p->output_block_pitch + row * p->output_row_pitch;
            // Tiles of nearly equal size: five pixels keep the multipliers as busy as six, one or two do not.
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const ptrdiff_t first = p->pixels * tile / tiles, count = p->pixels * (tile + 1) / tiles - first;
                const ptrdiff_t target = place + first * p->output_pixel_pitch;
                const float *next = is_first ? input + (first + count) * 8 : NULL;
                const float *residual = p->finish.residual ? p->finish.residual + target : NULL;
                const ptrdiff_t ahead_lines = left < share ? left : share;
                const float *from = input + first * p->pixel_pitch;
                float *to = p->output + target;
                functions[count - 1](p, from, weights, to, bias, residual, next, ahead, ahead_lines);
                for (ptrdiff_t v = 0; p->finish.function && v <= is_wide; v++) {
                    NAME(activate)(&p->finish, to + v * p->output_block_pitch, count, p->output_pixel_pitch);
                }
                ahead += 64 * share * p->offset_count;
                left = left < share ? 0 : left - share;
            }
        }
    }
}

/// Sums that are too long for one stretch are made part by part, each for all pixels and planes: then the pixels of a
/// part stay in the cache. Bias and residual go into the first part, which then takes the place of the residual; limits
/// and function apply to the last.
static void NAME(product)(const rec_product *p) {
    if (p->rows <= 0 || p->pixels <= 0) return;
    const ptrdiff_t depth = p->offset_count * p->run, most = REC_LONGEST_SUM / p->run;
    rec_product part = *p;
    for (ptrdiff_t start = 0; start < p->offset_count; start += most) {
        const ptrdiff_t rest = p->offset_count - start;
        const int is_last = rest <= most;
        part.offsets = p->offsets + start;
        part.offset_count = is_last ? rest : most;
        part.finish.low = is_last ? p->finish.low : -INFINITY;
        part.finish.high = is_last ? p->finish.high : INFINITY;
        part.finish.function = is_last ? p->finish.function : REC_IDENTITY;
        NAME(product_part)(&part, depth, start * p->run);
        part.finish.bias = NULL;
        part.finish.residual = p->output;
    }
}
