// Variants: portable, AVX2 with FMA; contract in ../include/codes_i8.h.
#include "../include/codes_i8.h"
#include <string.h>

/// Candidates from now whose codes are asked for.
enum { AHEAD = 8 };

#define HAS_AVX2 0
#define NAME(x) portable_##x
#include "scan.h"
#undef HAS_AVX2
#undef NAME

size_t rec_code_scan__portable(const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed,
                               size_t first, size_t end, float least, rec_candidate *found) {
    return portable_scan(codes, query, allowed, first, end, least, found);
}

size_t rec_code_refine__portable(const rec_codes *codes, const rec_code_query *query, int has_bounds, float least,
                                 rec_candidate *candidates, size_t count) {
    return portable_refine(codes, query, has_bounds, least, candidates, count);
}

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define HAS_AVX2 1
#define NAME(x) avx2_##x
#include "scan.h"
#pragma clang attribute pop

static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

size_t rec_code_scan(const rec_codes *codes, const rec_code_query *query, const uint16_t *allowed, size_t first,
                     size_t end, float least, rec_candidate *found) {
#if defined(__x86_64__)
    if (has_avx2()) return avx2_scan(codes, query, allowed, first, end, least, found);
#endif
    return portable_scan(codes, query, allowed, first, end, least, found);
}

size_t rec_code_refine(const rec_codes *codes, const rec_code_query *query, int has_bounds, float least,
                       rec_candidate *candidates, size_t count) {
#if defined(__x86_64__)
    if (has_avx2()) return avx2_refine(codes, query, has_bounds, least, candidates, count);
#endif
    return portable_refine(codes, query, has_bounds, least, candidates, count);
}
