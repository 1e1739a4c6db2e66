// The transforms of filters for Winograd's algorithm, a row of positions at a time.

/// The transforms at columns `begin` to `end` of `half`, `columns` values a filter; each goes to its place. Finite points
/// other than 0 come in pairs, whose even and odd powers are shared; the last point is infinity.
INLINE void NAME(filter_columns)(const int n, const int columns, const float *coefficients, const v8 *half,
                                 ptrdiff_t begin, ptrdiff_t end, const ptrdiff_t *places, float *to) {
    const int first = (n - 1) % 2;
    ptrdiff_t i = begin;
    if (first && i == 0) NAME(store)(to + places[i++], half[0] * coefficients[0]);
    for (; i + 2 <= end && i + 2 < n; i += 2) {
        const float *c = coefficients + 3 * i;
        v8 even = half[0] * c[0], odd = (v8){0};
        if (columns > 1) odd = half[1] * c[1];
        if (columns > 2) even = half[2] * c[2] + even;
        NAME(store)(to + places[i], even + odd);
        // With an even number of finite points, the factors of a point and of its negative have opposite signs.
        NAME(store)(to + places[i + 1], first ? even - odd : odd - even);
    }
    if (end == n && places[n - 1] >= 0) {
        NAME(store)(to + places[n - 1], half[columns - 1] * coefficients[3 * (n - 1) + columns - 1]);
    }
}

/// `rows` by `columns` taps of the window from the first one on, `step` apart.
INLINE void NAME(winograd_filters_of)(const int n, const int rows, const int columns, const int first_row,
                                      const int first_column, const int step, const rec_winograd_panel *p,
                                      const ptrdiff_t row, ptrdiff_t begin, ptrdiff_t end, const ptrdiff_t *places,
                                      float *transforms) {
    const float *factors = p->coefficients + 3 * row;
    if (places[begin] < 0) return;
    for (ptrdiff_t k = 0; k < p->depth; k++) {
        for (ptrdiff_t block = 0; block < p->width; block += 8) {
            const float *filter = p->filters + k * 9 * p->width + block;
            v8 half[3];
            UNROLL for (int x = 0; x < columns; x++) {
                const float *tap = filter + (3 * first_row + first_column + step * x) * p->width;
                half[x] = NAME(load)(tap) * factors[0];
                UNROLL for (int y = 1; y < rows; y++) {
                    half[x] = NAME(load)(tap + 3 * step * y * p->width) * factors[y] + half[x];
                }
            }
            float *to = transforms + k * p->width + block;
            NAME(filter_columns)(n, columns, p->coefficients, half, begin, end, places, to);
        }
    }
}

#define WINOGRAD_FILTERS(N)                                                                                           \
    static __attribute__((noinline)) void NAME(winograd_filters_##N)(                                                 \
        const rec_winograd_panel *p, ptrdiff_t row, ptrdiff_t begin, ptrdiff_t end, const ptrdiff_t *places,          \
        float *transforms) {                                                                                          \
        NAME(winograd_filters_of)(N, 3, 3, 0, 0, 1, p, row, begin, end, places, transforms);                          \
    }
WINOGRAD_FILTERS(4)
WINOGRAD_FILTERS(6)
WINOGRAD_FILTERS(8)
WINOGRAD_FILTERS(9)

static void NAME(winograd_filters)(const rec_winograd_panel *p, ptrdiff_t row, ptrdiff_t begin, ptrdiff_t end,
                                   const ptrdiff_t *places, float *transforms) {
    if (p->stride == 2) {
        NAME(winograd_filters_of)(8, 2, 2, 0, 0, 2, p, row, begin, end, places, transforms);
        NAME(winograd_filters_of)(8, 2, 1, 0, 1, 2, p, row, begin, end, places + 8, transforms);
        NAME(winograd_filters_of)(8, 1, 2, 1, 0, 2, p, row, begin, end, places + 16, transforms);
        NAME(winograd_filters_of)(8, 1, 1, 1, 1, 2, p, row, begin, end, places + 24, transforms);
        return;
    }
    switch (p->points) {
    case 4: NAME(winograd_filters_4)(p, row, begin, end, places, transforms); break;
    case 6: NAME(winograd_filters_6)(p, row, begin, end, places, transforms); break;
    case 8: NAME(winograd_filters_8)(p, row, begin, end, places, transforms); break;
    default: NAME(winograd_filters_9)(p, row, begin, end, places, transforms);
    }
}
