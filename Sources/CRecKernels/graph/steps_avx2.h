// The step of searches over a graph with AVX2; steps_scalar.h says what it does.

static inline void NAME(four_products)(const int8_t *vector, int32_t sum, const int8_t *const others[4], size_t length,
                                       int32_t *products) {
    // The vector's magnitudes are the unsigned operand, and its signs go to the others: a pair of products is at most
    // 2 * 127 * 127, which 16 bits hold.
    (void)sum;
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i sums[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    for (size_t j = 0; j < length; j += 32) {
        const __m256i by = _mm256_loadu_si256((const __m256i *)(vector + j)), magnitudes = _mm256_abs_epi8(by);
        for (int i = 0; i < 4; i++) {
            const __m256i other = _mm256_sign_epi8(_mm256_loadu_si256((const __m256i *)(others[i] + j)), by);
            sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_maddubs_epi16(magnitudes, other), ones));
        }
    }
    _mm_storeu_si128((__m128i *)products, NAME(fold)(sums));
}
