// The step of searches over a graph with AVX-512 and its products of bytes (VNNI); steps_scalar.h says what it does.

static inline void NAME(four_products)(const int8_t *vector, int32_t sum, const uint8_t *const others[4], size_t length,
                                       int32_t *products) {
    const __m512i mask = _mm512_set1_epi8(15);
    __m512i sums[4];
    for (int i = 0; i < 4; i++) sums[i] = _mm512_setzero_si512();
    // Codes in high bits count 16 times, for which a sum has room up to a megabyte.
    for (size_t start = 0; start < length; start += 1 << 20) {
        const size_t end = length - start < 1 << 20 ? length : start + (1 << 20);
        __m512i high_sums[4];
        for (int i = 0; i < 4; i++) high_sums[i] = _mm512_setzero_si512();
        for (size_t j = start; j < end; j += 64) {
            const __m512i low = _mm512_loadu_si512(vector + 2 * j), high = _mm512_loadu_si512(vector + 2 * j + 64);
            for (int i = 0; i < 4; i++) {
                const __m512i both = _mm512_loadu_si512(others[i] + j);
                sums[i] = _mm512_dpbusd_epi32(sums[i], _mm512_and_si512(both, mask), low);
                high_sums[i] = _mm512_dpbusd_epi32(high_sums[i], _mm512_andnot_si512(mask, both), high);
            }
        }
        for (int i = 0; i < 4; i++) sums[i] = _mm512_add_epi32(sums[i], _mm512_srai_epi32(high_sums[i], 4));
    }
    __m256i halves[4];
    for (int i = 0; i < 4; i++) {
        halves[i] = _mm256_add_epi32(_mm512_castsi512_si256(sums[i]), _mm512_extracti64x4_epi64(sums[i], 1));
    }
    const __m128i four = NAME(fold)(halves);
    _mm_storeu_si128((__m128i *)products, _mm_sub_epi32(_mm_add_epi32(four, four), _mm_set1_epi32((int32_t)(15 * (uint32_t)sum))));
}
