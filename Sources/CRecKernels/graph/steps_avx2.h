// The step of searches over a graph with AVX2; steps_scalar.h says what it does.

static inline __m256i NAME(low_codes)(__m256i both) { return _mm256_and_si256(both, _mm256_set1_epi8(15)); }

static inline __m256i NAME(high_codes)(__m256i both) {
    return _mm256_and_si256(_mm256_srli_epi16(both, 4), _mm256_set1_epi8(15));
}

static inline void NAME(four_products)(const int8_t *vector, int32_t sum, const uint8_t *const others[4], size_t length,
                                       int32_t *products) {
    // 4-bit codes are the unsigned operand: a pair of products is at most 2 * 15 * 127, and 16 bits hold eight of them.
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i sums[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    for (size_t j = 0; j < length; j += 64) {
        const __m256i *by = (const __m256i *)(vector + 2 * j);
        const __m256i by0 = _mm256_loadu_si256(by), by1 = _mm256_loadu_si256(by + 1);
        const __m256i by2 = _mm256_loadu_si256(by + 2), by3 = _mm256_loadu_si256(by + 3);
        for (int i = 0; i < 4; i++) {
            const __m256i first = _mm256_loadu_si256((const __m256i *)(others[i] + j));
            const __m256i second = _mm256_loadu_si256((const __m256i *)(others[i] + j + 32));
            const __m256i low = _mm256_add_epi16(_mm256_maddubs_epi16(NAME(low_codes)(first), by0),
                                                 _mm256_maddubs_epi16(NAME(low_codes)(second), by1));
            const __m256i high = _mm256_add_epi16(_mm256_maddubs_epi16(NAME(high_codes)(first), by2),
                                                  _mm256_maddubs_epi16(NAME(high_codes)(second), by3));
            sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_add_epi16(low, high), ones));
        }
    }
    const __m128i four = NAME(fold)(sums);
    _mm_storeu_si128((__m128i *)products, _mm_sub_epi32(_mm_add_epi32(four, four), _mm_set1_epi32((int32_t)(15 * (uint32_t)sum))));
}
