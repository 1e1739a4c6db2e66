// SHA-256 by x86's SHA extensions; contract in ../include/sha256.h.
#include "constants.h"

/// Four words of the schedule from the sixteen before them.
static inline __m128i NAME(scheduled)(__m128i first, __m128i second, __m128i third, __m128i fourth) {
    __m128i words = _mm_add_epi32(_mm_sha256msg1_epu32(first, second), _mm_alignr_epi8(fourth, third, 4));
    return _mm_sha256msg2_epu32(words, fourth);
}

static void NAME(sha256)(uint32_t state[8], const uint8_t *blocks, size_t count) {
    const __m128i big_endian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    // The instructions take the words as F E B A and H G D C, from the low lane to the high one.
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
    __m128i feba = _mm_alignr_epi8(badc, hgfe, 8), hgdc = _mm_blend_epi16(hgfe, badc, 0xF0);
    for (; count > 0; count--, blocks += 64) {
        const __m128i old_feba = feba, old_hgdc = hgdc;
        __m128i words[4];
#pragma clang loop unroll(full)
        for (int group = 0; group < 16; group++) {
            __m128i *now = &words[group % 4];
            if (group < 4) {
                *now = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * group)), big_endian);
            } else {
                *now = NAME(scheduled)(*now, words[(group + 1) % 4], words[(group + 2) % 4], words[(group + 3) % 4]);
            }
            __m128i sums = _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)(rec_sha256_constants + 4 * group)));
            // Two rounds make the new first half; the old one becomes the second.
            hgdc = _mm_sha256rnds2_epu32(hgdc, feba, sums);
            feba = _mm_sha256rnds2_epu32(feba, hgdc, _mm_shuffle_epi32(sums, 0x0E));
        }
        feba = _mm_add_epi32(feba, old_feba);
        hgdc = _mm_add_epi32(hgdc, old_hgdc);
    }
    __m128i abef = _mm_shuffle_epi32(feba, 0x1B), cdgh = _mm_shuffle_epi32(hgdc, 0x1B);
    _mm_storeu_si128((__m128i *)state, _mm_unpacklo_epi64(abef, cdgh));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_unpackhi_epi64(abef, cdgh));
}
