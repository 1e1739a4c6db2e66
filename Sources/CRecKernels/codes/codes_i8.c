// Variants: portable, AVX2 with FMA, AVX-512 with VNNI; contract in ../include/codes_i8.h.
#include "../include/codes_i8.h"
#include <string.h>

/// Candidates from now whose codes are asked for.
enum { AHEAD = 8 };

#define NAME(x) portable_##x
#include "portable.h"
#include "search.h"
#undef NAME

#if defined(__x86_64__)
#include <immintrin.h>

#define NAME(x) avx2_##x
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "avx2.h"
#include "search.h"
#pragma clang attribute pop
#undef NAME

#define NAME(x) avx512_##x
#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)
#include "avx512.h"
#include "search.h"
#pragma clang attribute pop
#undef NAME
#endif

rec_code_isa rec_code_isa_best(void) {
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return REC_CODE_PORTABLE;
    const int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                           && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
                           && __builtin_cpu_supports("avx512vnni");
    return has_avx512 ? REC_CODE_AVX512 : REC_CODE_AVX2;
#else
    return REC_CODE_PORTABLE;
#endif
}

size_t rec_code_scan(rec_code_isa isa, const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed,
                     size_t first, size_t end, float least, rec_candidate *found) {
#if defined(__x86_64__)
    if (isa == REC_CODE_AVX512) return avx512_scan(codes, query, allowed, first, end, least, found);
    if (isa == REC_CODE_AVX2) return avx2_scan(codes, query, allowed, first, end, least, found);
#endif
    (void)isa;
    return portable_scan(codes, query, allowed, first, end, least, found);
}

size_t rec_code_refine(rec_code_isa isa, const rec_codes *codes, const rec_code_query *query, int has_bounds,
                       float least, rec_candidate *candidates, size_t count) {
#if defined(__x86_64__)
    if (isa == REC_CODE_AVX512) return avx512_refine(codes, query, has_bounds, least, candidates, count);
    if (isa == REC_CODE_AVX2) return avx2_refine(codes, query, has_bounds, least, candidates, count);
#endif
    (void)isa;
    return portable_refine(codes, query, has_bounds, least, candidates, count);
}
