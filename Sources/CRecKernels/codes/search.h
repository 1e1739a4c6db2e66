// The search over codes, compiled once for each level; contract in ../include/codes_i8.h.
//
// The including file defines NAME(x) and has the steps.

/// Candidates from now whose codes are asked for.
enum { AHEAD = 8 };

__attribute__((always_inline)) static inline size_t NAME(scan_heads)(
    const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed, size_t first, size_t end, float least,
    size_t dimensions, rec_candidate *found) {
    size_t count = 0;
    for (size_t block = first; block < end; block++) {
        unsigned mask = codes->used[block] & (allowed ? allowed[block] : 0xFFFF);
        if (!mask) continue;
        const size_t start = block * REC_CODE_LANES;
        int32_t sums[REC_CODE_LANES];
        NAME(head_products)(codes->head + start * dimensions, query, dimensions, sums);
        const float *offsets = codes->offsets + start, *tails = codes->tails + start;
        float cosines[REC_CODE_LANES];
        for (int lane = 0; lane < REC_CODE_LANES; lane++) {
            cosines[lane] = (float)sums[lane] * query->scale + (offsets[lane] + query->base)
                            + (query->tail * tails[lane] + query->rest);
        }
        mask &= NAME(reaching)(cosines, query, least);
        // The patterns of slots are looked up only where some pattern would do.
        if (!mask) continue;
        const uint32_t *patterns = codes->patterns + start;
        count += NAME(take)(cosines, query, patterns, (uint32_t)start, mask, least, found + count);
    }
    return count;
}

static size_t NAME(scan)(const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed, size_t first,
                         size_t end, float least, rec_candidate *found) {
    // Heads are one chunk as a rule; the loop over it is unrolled.
    if (codes->head_dimensions == REC_CODE_CHUNK) {
        return NAME(scan_heads)(codes, query, allowed, first, end, least, REC_CODE_CHUNK, found);
    }
    return NAME(scan_heads)(codes, query, allowed, first, end, least, codes->head_dimensions, found);
}

/// Refines by one chunk of the middle. What is read is held apart, since it might as well be what is written.
__attribute__((always_inline)) static inline size_t NAME(refine_by)(
    size_t chunk, const rec_codes *codes, const rec_code_query *query, int has_bounds, float least,
    rec_candidate *candidates, size_t count) {
    const size_t chunks = codes->middle_chunks;
    const int8_t *middle = codes->middle + chunk * REC_CODE_CHUNK;
    const int16_t *by = query->middle + chunk * REC_CODE_CHUNK;
    const uint32_t *pattern = codes->patterns;
    const float *slopes = query->patterns, *tails = codes->middle_tails + chunk;
    // The tail before this chunk: that of the head, or of the chunk before.
    const float *outer_tails = chunk ? tails - 1 : codes->tails;
    const size_t outer_pitch = chunk ? chunks : 1;
    const float outer = chunk ? query->middle_tails[chunk - 1] : query->tail;
    const float scale = query->middle_scales[chunk], tail = query->middle_tails[chunk];
    const float rest = query->middle_rests[chunk];
    size_t kept = 0;
    for (size_t first = 0; first < count; first += 4) {
        const int8_t *places[4];
        int32_t sums[4];
        // The last candidate stands for those that are wanting.
        const size_t last = count - 1;
        for (size_t i = 0; i < 4; i++) {
            const size_t next = candidates[first + AHEAD + i < count ? first + AHEAD + i : last].slot * chunks;
            __builtin_prefetch(middle + next * REC_CODE_CHUNK, 0, 3);
            __builtin_prefetch(tails + next, 0, 3);
            places[i] = middle + candidates[first + i < count ? first + i : last].slot * chunks * REC_CODE_CHUNK;
        }
        NAME(middle_products)(places, by, sums);
        for (size_t i = 0; i < 4 && first + i < count; i++) {
            const rec_candidate candidate = candidates[first + i];
            const size_t slot = candidate.slot;
            float change = scale * (float)sums[i];
            if (has_bounds) change += rest + tail * tails[slot * chunks] - outer * outer_tails[slot * outer_pitch];
            const float score = candidate.score + slopes[2 * (size_t)pattern[slot]] * change;
            candidates[kept] = (rec_candidate){score, candidate.slot};
            kept += score >= least;
        }
    }
    return kept;
}

/// Chunk by chunk, so that of candidates that fall out soon no more is read. Which do is not a branch to be guessed.
static size_t NAME(refine)(const rec_codes *codes, const rec_code_query *query, int has_bounds, float least,
                           rec_candidate *candidates, size_t count) {
    for (size_t chunk = 0; chunk < codes->middle_chunks; chunk++) {
        count = has_bounds ? NAME(refine_by)(chunk, codes, query, 1, least, candidates, count)
                           : NAME(refine_by)(chunk, codes, query, 0, least, candidates, count);
    }
    return count;
}
