// The search over codes, compiled once for each instruction set; contract in ../include/codes_i8.h.
//
// The including file defines NAME(x), and HAS_AVX2 inside a region where the compiler may use AVX2 and FMA. Sums of codes
// are exact integers in every variant; the floats made of them may differ in the last bit.

/// <codes, query> for the 16 slots of a block.
static inline void NAME(head_products)(const int8_t *block, const rec_code_query *query, size_t dimensions,
                                       int32_t *sums) {
#if HAS_AVX2
    // The query's magnitudes are the unsigned operand, and its signs go to the codes: a pair of products is 2 * 127 * 127
    // at most, which 16 bits hold.
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
#else
    memset(sums, 0, REC_CODE_LANES * sizeof *sums);
    for (size_t i = 0; i < dimensions; i += 4) {
        for (size_t slot = 0; slot < REC_CODE_LANES; slot++) {
            for (size_t j = 0; j < 4; j++) {
                sums[slot] += block[i * REC_CODE_LANES + slot * 4 + j] * query->head[i + j];
            }
        }
    }
#endif
}

/// Which of 16 cosines could reach a score with some pattern: a bit each.
///
/// The pattern of a slot is looked up only for these, which are few.
static inline unsigned NAME(reaching)(const float *cosines, const rec_code_query *query, float least) {
#if HAS_AVX2
    unsigned mask = 0;
    for (int part = 0; part < 2; part++) {
        const __m256 cosine = _mm256_loadu_ps(cosines + 8 * part);
        const __m256 a = _mm256_fmadd_ps(cosine, _mm256_set1_ps(query->slopes[0]), _mm256_set1_ps(query->constants[0]));
        const __m256 b = _mm256_fmadd_ps(cosine, _mm256_set1_ps(query->slopes[1]), _mm256_set1_ps(query->constants[1]));
        const __m256 reaches = _mm256_cmp_ps(_mm256_max_ps(a, b), _mm256_set1_ps(least), _CMP_GE_OQ);
        mask |= (unsigned)_mm256_movemask_ps(reaches) << (8 * part);
    }
    return mask;
#else
    unsigned mask = 0;
    for (int slot = 0; slot < REC_CODE_LANES; slot++) {
        const float a = cosines[slot] * query->slopes[0] + query->constants[0];
        const float b = cosines[slot] * query->slopes[1] + query->constants[1];
        mask |= (unsigned)((a > b ? a : b) >= least) << slot;
    }
    return mask;
#endif
}

static size_t NAME(scan)(const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed, size_t first,
                         size_t end, float least, rec_candidate *found) {
    size_t count = 0;
    for (size_t block = first; block < end; block++) {
        unsigned mask = codes->used[block] & (allowed ? allowed[block] : 0xFFFF);
        if (!mask) continue;
        int32_t sums[REC_CODE_LANES];
        NAME(head_products)(codes->head + block * REC_CODE_LANES * codes->head_dimensions, query,
                            codes->head_dimensions, sums);
        const float *offsets = codes->offsets + block * REC_CODE_LANES, *tails = codes->tails + block * REC_CODE_LANES;
        float cosines[REC_CODE_LANES];
        for (int slot = 0; slot < REC_CODE_LANES; slot++) {
            cosines[slot] = (float)sums[slot] * query->scale + (offsets[slot] + query->base)
                            + (query->tail * tails[slot] + query->rest);
        }
        mask &= NAME(reaching)(cosines, query, least);
        for (; mask; mask &= mask - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(mask);
            const uint32_t slot = (uint32_t)(block * REC_CODE_LANES + lane);
            const float *pattern = query->patterns + 2 * (size_t)codes->patterns[slot];
            const float score = pattern[0] * cosines[lane] + pattern[1];
            found[count] = (rec_candidate){score, slot};
            count += score >= least;
        }
    }
    return count;
}

/// <codes, query> over one chunk of the middle.
static inline int32_t NAME(middle_product)(const int8_t *codes, const int16_t *query) {
#if HAS_AVX2
    __m256i sum = _mm256_setzero_si256();
    for (int i = 0; i < REC_CODE_CHUNK; i += 16) {
        const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(codes + i)));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(wide, _mm256_loadu_si256((const __m256i *)(query + i))));
    }
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
    return _mm_cvtsi128_si32(half);
#else
    int32_t sum = 0;
    for (int i = 0; i < REC_CODE_CHUNK; i++) sum += codes[i] * query[i];
    return sum;
#endif
}

static size_t NAME(refine)(const rec_codes *codes, const rec_code_query *query, int has_bounds, float least,
                           rec_candidate *candidates, size_t count) {
    const size_t chunks = codes->middle_chunks;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) {
            const size_t next = candidates[i + AHEAD].slot * chunks;
            for (size_t chunk = 0; chunk < chunks; chunk++) {
                __builtin_prefetch(codes->middle + (next + chunk) * REC_CODE_CHUNK, 0, 3);
            }
            __builtin_prefetch(codes->middle_tails + next, 0, 3);
        }
        const size_t slot = candidates[i].slot;
        const float slope = query->patterns[2 * (size_t)codes->patterns[slot]];
        float score = candidates[i].score, tail = query->tail * codes->tails[slot];
        for (size_t chunk = 0; chunk < chunks && score >= least; chunk++) {
            const size_t place = slot * chunks + chunk;
            const int32_t sum = NAME(middle_product)(codes->middle + place * REC_CODE_CHUNK,
                                                     query->middle + chunk * REC_CODE_CHUNK);
            float change = query->middle_scales[chunk] * (float)sum;
            if (has_bounds) {
                const float rest = query->middle_tails[chunk] * codes->middle_tails[place];
                change += query->middle_rests[chunk] + rest - tail;
                tail = rest;
            }
            score += slope * change;
        }
        candidates[kept] = (rec_candidate){score, (uint32_t)slot};
        kept += score >= least;
    }
    return kept;
}
