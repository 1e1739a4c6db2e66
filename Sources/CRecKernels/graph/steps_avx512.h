// The step of searches over a graph with AVX-512 and its products of bytes (VNNI); steps_scalar.h says what it does.

static inline void NAME(four_products)(const int8_t *vector, int32_t sum, const int8_t *const others[4], size_t length,
                                       int32_t *products) {
    // The others plus 128 are the unsigned operand; what that adds is taken off.
    const __m512i flip = _mm512_set1_epi8((char)0x80);
    __m512i sums[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512()};
    for (size_t j = 0; j < length; j += 64) {
        const __m512i by = _mm512_loadu_si512(vector + j);
        for (int i = 0; i < 4; i++) {
            sums[i] = _mm512_dpbusd_epi32(sums[i], _mm512_xor_si512(_mm512_loadu_si512(others[i] + j), flip), by);
        }
    }
    __m256i halves[4];
    for (int i = 0; i < 4; i++) {
        halves[i] = _mm256_add_epi32(_mm512_castsi512_si256(sums[i]), _mm512_extracti64x4_epi64(sums[i], 1));
    }
    _mm_storeu_si128((__m128i *)products, _mm_sub_epi32(NAME(fold)(halves), _mm_set1_epi32(128 * sum)));
}
