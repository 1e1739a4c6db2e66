// The kernels for x86-64 with the SHA extensions, which some processors with AVX2 lack.
#if defined(__x86_64__)
#include "../include/kernels.h"
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("sha,sse4.1"))), apply_to = function)
#define NAME(x) sha_##x
#include "../sha256/sha.h"
#pragma clang attribute pop

void rec_plug_sha(rec_kernels *kernels) { kernels->digest.sha256 = NAME(sha256); }
#endif
