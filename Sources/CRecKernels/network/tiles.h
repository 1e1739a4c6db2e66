// A product of groups of four bytes in tiles, for one kind of numbers. The including file defines PRODUCT, the type of the
// product; SUMS, a vector of LANES sums; MOST_PIXELS, so many that as many pairs of vectors stay in registers; and
// T(x), which names the kind, with these functions:
//
//     SUMS T(start)(const PRODUCT *, ptrdiff_t plane)           what the sums of some planes start from
//     SUMS T(add)(SUMS, const char *pixel, const char *weights)  sums with the products of one group
//     void T(finish)(const PRODUCT *, const SUMS *, int v_count, int m_count, ptrdiff_t plane, ptrdiff_t row,
//                    ptrdiff_t pixel)                           stores sums[m * 2 + v]

INLINE void T(tile)(const int m_count, const int v_count, const PRODUCT *p, const char *input, const char *weights,
                    const ptrdiff_t plane, const ptrdiff_t row, const ptrdiff_t pixel) {
    SUMS sums[MOST_PIXELS * 2];
    UNROLL for (int v = 0; v < v_count; v++) {
        const SUMS start = T(start)(p, plane + v * LANES);
        UNROLL for (int m = 0; m < m_count; m++) sums[m * 2 + v] = start;
    }
    const ptrdiff_t pitch = p->operands.pixel_pitch, run = p->operands.run;
    const ptrdiff_t *offsets = p->operands.offsets, *end = offsets + p->operands.offset_count;
    for (; offsets < end; offsets++) {
        const char *x = input + *offsets;
        for (ptrdiff_t r = 0; r < run; r += 4 * REC_GROUP_BYTES) {
            UNROLL for (int group = 0; group < 4; group++) {
                UNROLL for (int m = 0; m < m_count; m++) {
                    const char *pixel = x + m * pitch + r + group * REC_GROUP_BYTES;
                    UNROLL for (int v = 0; v < v_count; v++) {
                        sums[m * 2 + v] = T(add)(sums[m * 2 + v], pixel, weights + v * LANES * REC_GROUP_BYTES);
                    }
                }
                weights += v_count * LANES * REC_GROUP_BYTES;
            }
        }
    }
    T(finish)(p, sums, v_count, m_count, plane, row, pixel);
}

typedef void (*T(function))(const PRODUCT *, const char *, const char *, ptrdiff_t, ptrdiff_t, ptrdiff_t);

#define TILE_OF(M, V)                                                                                                 \
    static __attribute__((noinline)) void T(tile_##M##_##V)(const PRODUCT *p, const char *input, const char *weights, \
                                                            ptrdiff_t plane, ptrdiff_t row, ptrdiff_t pixel) {        \
        T(tile)(M, V, p, input, weights, plane, row, pixel);                                                          \
    }
#if MOST_PIXELS == 8
#define TILES_OF(V)                                                                                                   \
    TILE_OF(1, V) TILE_OF(2, V) TILE_OF(3, V) TILE_OF(4, V) TILE_OF(5, V) TILE_OF(6, V) TILE_OF(7, V) TILE_OF(8, V)   \
    static const T(function) T(tiles_##V)[] = {T(tile_1_##V), T(tile_2_##V), T(tile_3_##V), T(tile_4_##V),            \
                                               T(tile_5_##V), T(tile_6_##V), T(tile_7_##V), T(tile_8_##V)};
#elif MOST_PIXELS == 6
#define TILES_OF(V)                                                                                                   \
    TILE_OF(1, V) TILE_OF(2, V) TILE_OF(3, V) TILE_OF(4, V) TILE_OF(5, V) TILE_OF(6, V)                               \
    static const T(function) T(tiles_##V)[] = {T(tile_1_##V), T(tile_2_##V), T(tile_3_##V),                           \
                                               T(tile_4_##V), T(tile_5_##V), T(tile_6_##V)};
#else
#define TILES_OF(V)                                                                                                   \
    TILE_OF(1, V)                                                                                                     \
    static const T(function) T(tiles_##V)[] = {T(tile_1_##V)};
#endif
TILES_OF(1)
TILES_OF(2)

static void T(product)(const PRODUCT *p) {
    const rec_narrow_operands *o = &p->operands;
    const ptrdiff_t depth = o->offset_count * o->run, tiles = (o->pixels + MOST_PIXELS - 1) / MOST_PIXELS;
    for (ptrdiff_t plane = 0; plane < o->planes; plane += 2 * LANES) {
        const T(function) *functions = plane + LANES < o->planes ? T(tiles_2) : T(tiles_1);
        const char *weights = (const char *)o->weights + plane * depth;
        for (ptrdiff_t row = 0; row < o->rows; row++) {
            const char *input = (const char *)o->input + row * o->row_pitch;
            // Tiles of nearly equal size: a tile of few pixels reads as many weights as one of many.
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const ptrdiff_t first = o->pixels * tile / tiles, count = o->pixels * (tile + 1) / tiles - first;
                functions[count - 1](p, input + first * o->pixel_pitch, weights, plane, row, first);
            }
        }
    }
}

#undef TILE_OF
#undef TILES_OF
#undef T
#undef PRODUCT
#undef SUMS
#undef LANES
#undef MOST_PIXELS
