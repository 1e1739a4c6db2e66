// Sums within vectors for the steps of a search over codes, on x86-64 with AVX2.

/// The sum of the eight numbers of each of four.
static inline __m128i NAME(fold)(const __m256i *four) {
    const __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(four[0], four[1]), _mm256_hadd_epi32(four[2], four[3]));
    return _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
}
