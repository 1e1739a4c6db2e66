// The steps of a search over codes in plain C: the reference for the others, and the contract of each.
#include "take.h"

/// <codes, query> for the 16 slots of a block.
static inline void NAME(head_products)(const int8_t *block, const rec_code_query *query, size_t dimensions,
                                       int32_t *sums) {
    memset(sums, 0, REC_CODE_LANES * sizeof *sums);
    for (size_t i = 0; i < dimensions; i += 4) {
        for (size_t slot = 0; slot < REC_CODE_LANES; slot++) {
            for (size_t j = 0; j < 4; j++) {
                sums[slot] += block[i * REC_CODE_LANES + slot * 4 + j] * query->head[i + j];
            }
        }
    }
}

/// Which of 16 cosines could reach a score with some pattern: a bit each.
static inline unsigned NAME(reaching)(const float *cosines, const rec_code_query *query, float least) {
    unsigned mask = 0;
    for (int slot = 0; slot < REC_CODE_LANES; slot++) {
        const float a = cosines[slot] * query->slopes[0] + query->constants[0];
        const float b = cosines[slot] * query->slopes[1] + query->constants[1];
        mask |= (unsigned)((a > b ? a : b) >= least) << slot;
    }
    return mask;
}

/// <codes, query> over one chunk of the middle, for four slots.
static inline void NAME(middle_products)(const int8_t *const codes[4], const int16_t *query, int32_t *sums) {
    for (int slot = 0; slot < 4; slot++) {
        sums[slot] = 0;
        for (int i = 0; i < REC_CODE_CHUNK; i++) sums[slot] += codes[slot][i] * query[i];
    }
}
