// Tiles of a product of few pixels: M of them by P panels at a time. Sums of one panel would wait for each other, and its
// weights for memory. A value has the same terms in the same order as in other tiles.

#if HAS_AVX512
typedef v16 NAME(few);
enum { NAME(few_floats) = 16 };
INLINE NAME(few) NAME(few_load)(const float *from) { return *(const v16_unaligned *)from; }
INLINE NAME(few) NAME(few_splat)(float x) { return (v16)_mm512_set1_ps(x); }
#else
typedef v8 NAME(few);
enum { NAME(few_floats) = 8 };
INLINE NAME(few) NAME(few_load)(const float *from) { return NAME(load)(from); }
INLINE NAME(few) NAME(few_splat)(float x) { return NAME(splat)(x); }
#endif

INLINE void NAME(few_pixels_tile)(const int m_count, const int panels, const rec_product *p, const ptrdiff_t panel_pitch,
                                  const float *weights, const ptrdiff_t block) {
    enum { FLOATS = NAME(few_floats), VECTORS = 16 / FLOATS, AHEAD = 32 * 16 };
    NAME(few) sums[6][8];
    UNROLL for (int m = 0; m < m_count; m++) {
        UNROLL for (int v = 0; v < panels * VECTORS; v++) sums[m][v] = (NAME(few)){0};
    }
    for (const ptrdiff_t *offset = p->offsets, *end = offset + p->offset_count; offset < end; offset++) {
        const float *x = p->input + *offset;
        _Pragma("clang loop unroll_count(2)") for (ptrdiff_t r = 0; r < 8; r++) {
            NAME(few) pixels[6];
            UNROLL for (int m = 0; m < m_count; m++) pixels[m] = NAME(few_splat)(x[m * p->pixel_pitch + r]);
            UNROLL for (int panel = 0; panel < panels; panel++) {
                const float *row = weights + panel * panel_pitch;
                __builtin_prefetch(row + AHEAD, 0, 2);
                UNROLL for (int part = 0; part < VECTORS; part++) {
                    const NAME(few) w = NAME(few_load)(row + part * FLOATS);
                    UNROLL for (int m = 0; m < m_count; m++) {
                        const int v = panel * VECTORS + part;
                        sums[m][v] = pixels[m] * w + sums[m][v];
                    }
                }
            }
            weights += 16;
        }
    }
    const v8 low = NAME(splat)(p->finish.low), high = NAME(splat)(p->finish.high);
    UNROLL for (int m = 0; m < m_count; m++) {
        UNROLL for (int b = 0; b < 2 * panels; b++) {
            const ptrdiff_t place = (block + b) * p->output_block_pitch + m * p->output_pixel_pitch;
            v8 sum;
            memcpy(&sum, (const float *)sums[m] + 8 * b, sizeof sum);
            sum += p->finish.bias ? NAME(load)(p->finish.bias + 8 * (block + b)) : (v8){0};
            if (p->finish.residual) sum += NAME(load)(p->finish.residual + place);
            NAME(store)(p->output + place, NAME(limit)(sum, low, high));
        }
    }
}

typedef void (*NAME(few_pixels_function))(const rec_product *, ptrdiff_t, const float *, ptrdiff_t);

#define FEW_PIXELS(M, P)                                                                                              \
    static __attribute__((noinline)) void NAME(few_pixels_##M##_##P)(const rec_product *p, ptrdiff_t panel_pitch,     \
                                                                     const float *weights, ptrdiff_t block) {         \
        NAME(few_pixels_tile)(M, P, p, panel_pitch, weights, block);                                                  \
    }
FEW_PIXELS(1, 2) FEW_PIXELS(2, 2) FEW_PIXELS(3, 2) FEW_PIXELS(1, 4)
#if HAS_AVX512
FEW_PIXELS(4, 2) FEW_PIXELS(5, 2) FEW_PIXELS(6, 2)
FEW_PIXELS(2, 4) FEW_PIXELS(3, 4) FEW_PIXELS(4, 4) FEW_PIXELS(5, 4) FEW_PIXELS(6, 4)
#endif
static const NAME(few_pixels_function) NAME(few_pixels_by_2)[] = {
    NAME(few_pixels_1_2), NAME(few_pixels_2_2), NAME(few_pixels_3_2),
#if HAS_AVX512
    NAME(few_pixels_4_2), NAME(few_pixels_5_2), NAME(few_pixels_6_2),
#endif
};
static const NAME(few_pixels_function) NAME(few_pixels_by_4)[] = {
    NAME(few_pixels_1_4),
#if HAS_AVX512
    NAME(few_pixels_2_4), NAME(few_pixels_3_4), NAME(few_pixels_4_4), NAME(few_pixels_5_4), NAME(few_pixels_6_4),
#endif
};

/// The blocks of a product of few pixels that tiles of several panels compute, from the first one on; arguments as
/// those of product_part. Returns their number.
static ptrdiff_t NAME(few_pixels)(const rec_product *p, const ptrdiff_t panel_depth, const ptrdiff_t start) {
    if (p->run != 8 || p->rows != 1) return 0;
    ptrdiff_t block = 0;
    for (int panels = 4; panels >= 2; panels -= 2) {
        const NAME(few_pixels_function) *functions = panels == 4 ? NAME(few_pixels_by_4) : NAME(few_pixels_by_2);
        const ptrdiff_t most = panels == 4 ? sizeof NAME(few_pixels_by_4) / sizeof *functions
                                           : sizeof NAME(few_pixels_by_2) / sizeof *functions;
        if (p->pixels > most) continue;
        for (; block + 2 * panels <= p->blocks; block += 2 * panels) {
            functions[p->pixels - 1](p, 16 * panel_depth, p->weights + block * 8 * panel_depth + 16 * start, block);
            for (int b = 0; p->finish.function && b < 2 * panels; b++) {
                float *values = p->output + (block + b) * p->output_block_pitch;
                NAME(activate)(&p->finish, values, p->pixels, p->output_pixel_pitch);
            }
        }
    }
    return block;
}
