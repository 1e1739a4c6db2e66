// The steps of a search over codes with AVX-512 and its products of bytes (VNNI); steps_scalar.h says what each
// does.
#include "fold.h"

static inline void NAME(head_products)(const int8_t *block, const rec_code_query *query, size_t dimensions,
                                       int32_t *sums) {
    // The codes plus 128 are the unsigned operand; what that adds is taken off.
    const __m512i flip = _mm512_set1_epi8((char)0x80);
    __m512i even = _mm512_set1_epi32(-128 * query->head_sum), odd = _mm512_setzero_si512();
    for (size_t i = 0; i < dimensions; i += 8) {
        int32_t four;
        memcpy(&four, query->head + i, 4);
        const __m512i *codes = (const __m512i *)(block + i * REC_CODE_LANES);
        even = _mm512_dpbusd_epi32(even, _mm512_xor_si512(_mm512_loadu_si512(codes), flip), _mm512_set1_epi32(four));
        memcpy(&four, query->head + i + 4, 4);
        odd = _mm512_dpbusd_epi32(odd, _mm512_xor_si512(_mm512_loadu_si512(codes + 1), flip), _mm512_set1_epi32(four));
    }
    _mm512_storeu_si512(sums, _mm512_add_epi32(even, odd));
}

static inline unsigned NAME(reaching)(const float *cosines, const rec_code_query *query, float least) {
    const __m512 cosine = _mm512_loadu_ps(cosines);
    const __m512 a = _mm512_fmadd_ps(cosine, _mm512_set1_ps(query->slopes[0]), _mm512_set1_ps(query->constants[0]));
    const __m512 b = _mm512_fmadd_ps(cosine, _mm512_set1_ps(query->slopes[1]), _mm512_set1_ps(query->constants[1]));
    return _mm512_cmp_ps_mask(_mm512_max_ps(a, b), _mm512_set1_ps(least), _CMP_GE_OQ);
}

/// The two numbers of four patterns, in pairs.
static inline void NAME(patterns_of_four)(const rec_code_query *query, const uint32_t *patterns, __m128 *slopes,
                                          __m128 *constants) {
    const __m64 *numbers = (const __m64 *)query->patterns;
    const __m128 none = _mm_setzero_ps();
    const __m128 a = _mm_loadh_pi(_mm_loadl_pi(none, numbers + patterns[0]), numbers + patterns[1]);
    const __m128 b = _mm_loadh_pi(_mm_loadl_pi(none, numbers + patterns[2]), numbers + patterns[3]);
    *slopes = _mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0));
    *constants = _mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1));
}

static inline __m512 NAME(joined)(const __m128 *quarters) {
    __m512 all = _mm512_castps128_ps512(quarters[0]);
    all = _mm512_insertf32x4(all, quarters[1], 1);
    all = _mm512_insertf32x4(all, quarters[2], 2);
    return _mm512_insertf32x4(all, quarters[3], 3);
}

static inline size_t NAME(take)(const float *cosines, const rec_code_query *query, const uint32_t *patterns,
                                uint32_t first, unsigned mask, float least, rec_candidate *found) {
    // All lanes are worked out, since which of them count cannot be guessed. Loading pairs is faster than gathering.
    __m512 slopes = _mm512_set1_ps(query->slopes[0]), constants = _mm512_set1_ps(query->constants[0]);
    if (!query->has_one_pattern) {
        __m128 four_slopes[4], four_constants[4];
        for (int part = 0; part < 4; part++) {
            NAME(patterns_of_four)(query, patterns + 4 * part, four_slopes + part, four_constants + part);
        }
        slopes = NAME(joined)(four_slopes);
        constants = NAME(joined)(four_constants);
    }
    const __m512 scores = _mm512_fmadd_ps(slopes, _mm512_loadu_ps(cosines), constants);
    const __mmask16 kept = (__mmask16)mask & _mm512_cmp_ps_mask(scores, _mm512_set1_ps(least), _CMP_GE_OQ);
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i slots = _mm512_add_epi32(lanes, _mm512_set1_epi32((int)first));
    const __m512i left = _mm512_castps_si512(_mm512_maskz_compress_ps(kept, scores));
    const __m512i right = _mm512_maskz_compress_epi32(kept, slots);
    const __m512i low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const __m512i high = _mm512_add_epi32(low, _mm512_set1_epi32(8));
    _mm512_storeu_si512(found, _mm512_permutex2var_epi32(left, low, right));
    _mm512_storeu_si512(found + 8, _mm512_permutex2var_epi32(left, high, right));
    return (size_t)__builtin_popcount(kept);
}

/// Eight partial sums of <codes, query> over one chunk of the middle.
static inline __m256i NAME(middle_sums)(const int8_t *codes, const int16_t *query) {
    const __m512i low = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)codes));
    const __m512i high = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(codes + 32)));
    __m512i sum = _mm512_dpwssd_epi32(_mm512_setzero_si512(), low, _mm512_loadu_si512(query));
    sum = _mm512_dpwssd_epi32(sum, high, _mm512_loadu_si512(query + 32));
    return _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
}

static inline void NAME(middle_products)(const int8_t *const codes[4], const int16_t *query, int32_t *sums) {
    __m256i parts[4];
    for (int slot = 0; slot < 4; slot++) parts[slot] = NAME(middle_sums)(codes[slot], query);
    _mm_storeu_si128((__m128i *)sums, NAME(fold)(parts));
}
