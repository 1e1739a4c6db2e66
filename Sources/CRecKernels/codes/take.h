// A step of a search over codes for levels that have nothing better than to look at slots one by one.
#include <stdint.h>

/// Writes those of the slots in `mask` whose score reaches `least`, and returns how many; there is room for all 16.
static inline size_t NAME(take)(const float *cosines, const rec_code_query *query, const uint32_t *patterns,
                                uint32_t first, unsigned mask, float least, rec_candidate *found) {
    size_t count = 0;
    for (; mask; mask &= mask - 1) {
        const unsigned lane = (unsigned)__builtin_ctz(mask);
        const float *pattern = query->patterns + 2 * (size_t)patterns[lane];
        const float score = pattern[0] * cosines[lane] + pattern[1];
        found[count] = (rec_candidate){score, first + lane};
        count += score >= least;
    }
    return count;
}
