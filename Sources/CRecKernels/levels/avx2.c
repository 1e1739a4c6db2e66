// The kernels for x86-64 with AVX2 and FMA. A package that is a dependency may not pass flags to the compiler, so the
// instruction set is an attribute of the functions.
#if defined(__x86_64__)
#include "../include/kernels.h"
#include <immintrin.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,sse4.2"))), apply_to = function)
#define NAME(x) avx2_##x
#define HAS_AVX2 1
#define HAS_AVX512 0
#define TILE_PIXELS 6
#include "../network/network.h"
#include "../network/bytes.h"
#include "../codes/steps_avx2.h"
#include "../codes/search.h"
#include "../crc32c/sse42.h"
#include "../dot/avx2.h"
#include "../graph/steps_avx2.h"
#include "../graph/search.h"
#include "../resample/avx2.h"
#pragma clang attribute pop

void rec_plug_avx2(rec_kernels *kernels) {
    kernels->network = NAME(network);
    kernels->bytes = NAME(bytes);
    kernels->codes = (rec_code_kernels){.scan = NAME(scan), .refine = NAME(refine)};
    kernels->dot = (rec_dot_kernels){.rows = NAME(dot_rows), .chosen = NAME(dot_chosen)};
    kernels->graph = GRAPH_KERNELS;
    kernels->resample =
        (rec_resample_kernels){.horizontal = NAME(resample_horizontal), .vertical = NAME(resample_vertical)};
    kernels->checksum.crc32c = NAME(crc32c);
}
#endif
