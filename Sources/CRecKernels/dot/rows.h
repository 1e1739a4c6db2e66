// Dot products of a query with rows; contract in ../include/dot_f32.h.
//
// The including file has NAME(dot), and NAME(dots) for DOT_TOGETHER rows at once.

/// Bytes of the rows that are read or awaited at once, at most, so that they stay in the L2 cache.
enum { DOT_MOST_BYTES = 131072 };

static void NAME(dot_rows)(const float *query, const float *rows, size_t dimension, size_t count, float *products) {
    for (size_t row = 0; row < count; row++) {
        products[row] = NAME(dot)(query, rows + row * dimension, dimension, NULL);
    }
}

static void NAME(dot_chosen)(const float *query, const float *rows, size_t dimension, const uint32_t *numbers,
                             size_t count, size_t more, float *products) {
    size_t row = 0;
    if (2 * DOT_TOGETHER * dimension * sizeof *rows <= DOT_MOST_BYTES) {
        for (; row + DOT_TOGETHER <= count; row += DOT_TOGETHER) {
            const float *present[DOT_TOGETHER], *ahead[DOT_TOGETHER];
            for (size_t i = 0; i < DOT_TOGETHER; i++) {
                const size_t next = row + DOT_TOGETHER + i;
                present[i] = rows + numbers[row + i] * dimension;
                // What is there already costs next to nothing to prefetch.
                ahead[i] = next < count + more ? rows + numbers[next] * dimension : present[i];
            }
            NAME(dots)(query, present, dimension, ahead, products + row);
        }
    }
    for (; row < count; row++) {
        const float *present = rows + numbers[row] * dimension;
        products[row] = row + 1 < count + more
            ? NAME(dot)(query, present, dimension, rows + numbers[row + 1] * dimension)
            : NAME(dot)(query, present, dimension, NULL);
    }
}
