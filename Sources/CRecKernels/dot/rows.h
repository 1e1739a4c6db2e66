// Dot products of a query with rows; contract in ../include/dot_f32.h.
//
// The including file has NAME(dot).

static void NAME(dot_rows)(const float *query, const float *rows, size_t dimension, size_t count, float *products) {
    for (size_t row = 0; row < count; row++) {
        products[row] = NAME(dot)(query, rows + row * dimension, dimension, NULL);
    }
}

static void NAME(dot_chosen)(const float *query, const float *rows, size_t dimension, const uint32_t *numbers,
                             size_t count, size_t more, float *products) {
    for (size_t row = 0; row < count; row++) {
        const float *present = rows + numbers[row] * dimension;
        products[row] = row + 1 < count + more
            ? NAME(dot)(query, present, dimension, rows + numbers[row + 1] * dimension)
            : NAME(dot)(query, present, dimension, NULL);
    }
}
