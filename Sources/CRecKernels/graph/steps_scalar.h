// The step of searches over a graph in plain C.

/// Inner products of one vector of bytes, whose sum is known, with four others; `length` is a multiple of 64.
static inline void NAME(four_products)(const int8_t *vector, int32_t sum, const int8_t *const others[4], size_t length,
                                       int32_t *products) {
    (void)sum;
    for (int i = 0; i < 4; i++) {
        int32_t product = 0;
        for (size_t j = 0; j < length; j++) product += vector[j] * others[i][j];
        products[i] = product;
    }
}
