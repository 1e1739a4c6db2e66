// The step of searches over a graph in plain C.

/// Inner products of one vector of codes, whose sum is known, with four others of 4-bit codes; `length` is that of
/// these in bytes, a multiple of 64. graph_i8.h says what they mean. Sums beyond 32 bits wrap around.
static inline void NAME(four_products)(const int8_t *vector, int32_t sum, const uint8_t *const others[4], size_t length,
                                       int32_t *products) {
    for (int i = 0; i < 4; i++) {
        uint32_t product = 0;
        for (size_t line = 0; line < length; line += 64) {
            const int8_t *low = vector + 2 * line, *high = low + 64;
            for (size_t j = 0; j < 64; j++) {
                const uint8_t both = others[i][line + j];
                product += (uint32_t)(low[j] * (both & 15) + high[j] * (both >> 4));
            }
        }
        products[i] = (int32_t)(2 * product - 15 * (uint32_t)sum);
    }
}
