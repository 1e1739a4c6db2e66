// Vectors of 8 floats for the kernels that are compiled once for each level.
//
// The including file defines NAME(x), which names the level; HAS_AVX2, which is 1 where the compiler may use AVX2 and
// FMA, and HAS_AVX512 likewise; and TILE_PIXELS, so many that as many pairs of vectors stay in registers. A product
// followed by a sum in one expression is one FMA where there is FMA.
#pragma once
#include <math.h>
#include <stddef.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float v8 __attribute__((vector_size(32)));
typedef float v8_unaligned __attribute__((vector_size(32), aligned(4), may_alias));
typedef float v16 __attribute__((vector_size(64)));
typedef float v16_unaligned __attribute__((vector_size(64), aligned(4), may_alias));
