// The steps of a search over codes with AVX2 and FMA; steps_scalar.h says what each does.
#include "fold.h"
#include "take.h"

static inline void NAME(head_products)(const int8_t *block, const rec_code_query *query, size_t dimensions,
                                       int32_t *sums) {
    // The query's magnitudes are the unsigned operand, and its signs go to the codes: a pair of products is at most
    // 2 * 127 * 127, which 16 bits hold.
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i low = _mm256_setzero_si256(), high = low;
    for (size_t i = 0; i < dimensions; i += 4) {
        int32_t four, magnitudes;
        memcpy(&four, query->head + i, 4);
        memcpy(&magnitudes, query->magnitudes + i, 4);
        const __m256i signs = _mm256_set1_epi32(four), by = _mm256_set1_epi32(magnitudes);
        const __m256i *codes = (const __m256i *)(block + i * REC_CODE_LANES);
        const __m256i a = _mm256_sign_epi8(_mm256_loadu_si256(codes), signs);
        const __m256i b = _mm256_sign_epi8(_mm256_loadu_si256(codes + 1), signs);
        low = _mm256_add_epi32(low, _mm256_madd_epi16(_mm256_maddubs_epi16(by, a), ones));
        high = _mm256_add_epi32(high, _mm256_madd_epi16(_mm256_maddubs_epi16(by, b), ones));
    }
    _mm256_storeu_si256((__m256i *)sums, low);
    _mm256_storeu_si256((__m256i *)(sums + 8), high);
}

static inline unsigned NAME(reaching)(const float *cosines, const rec_code_query *query, float least) {
    unsigned mask = 0;
    for (int part = 0; part < 2; part++) {
        const __m256 cosine = _mm256_loadu_ps(cosines + 8 * part);
        const __m256 a = _mm256_fmadd_ps(cosine, _mm256_set1_ps(query->slopes[0]), _mm256_set1_ps(query->constants[0]));
        const __m256 b = _mm256_fmadd_ps(cosine, _mm256_set1_ps(query->slopes[1]), _mm256_set1_ps(query->constants[1]));
        const __m256 reaches = _mm256_cmp_ps(_mm256_max_ps(a, b), _mm256_set1_ps(least), _CMP_GE_OQ);
        mask |= (unsigned)_mm256_movemask_ps(reaches) << (8 * part);
    }
    return mask;
}

/// Eight partial sums of <codes, query> over one chunk of the middle.
static inline __m256i NAME(middle_sums)(const int8_t *codes, const int16_t *query) {
    __m256i sum = _mm256_setzero_si256();
    for (int i = 0; i < REC_CODE_CHUNK; i += 16) {
        const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(codes + i)));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(wide, _mm256_loadu_si256((const __m256i *)(query + i))));
    }
    return sum;
}

static inline void NAME(middle_products)(const int8_t *const codes[4], const int16_t *query, int32_t *sums) {
    __m256i parts[4];
    for (int slot = 0; slot < 4; slot++) parts[slot] = NAME(middle_sums)(codes[slot], query);
    _mm_storeu_si128((__m128i *)sums, NAME(fold)(parts));
}
