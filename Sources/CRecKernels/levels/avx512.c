// The kernels for x86-64 with AVX-512 and its products of bytes (VNNI).
#if defined(__x86_64__)
#include "../include/kernels.h"
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)
#define NAME(x) avx512_##x
#define HAS_AVX2 1
#define HAS_AVX512 1
#define TILE_PIXELS 6
#include "../network/network.h"
#include "../codes/steps_avx512.h"
#include "../codes/search.h"
#include "../dot/avx512.h"
#include "../network/bytes_vnni.h"
#include "../graph/steps_avx512.h"
#include "../graph/search.h"
#pragma clang attribute pop

void rec_plug_avx512(rec_kernels *kernels) {
    kernels->network = NAME(network);
    kernels->bytes.format = (rec_narrow_format){.panel = 32, .number = 1};
    kernels->bytes.product = NAME(bytes_product);
    kernels->codes = (rec_code_kernels){.scan = NAME(scan), .refine = NAME(refine)};
    kernels->dot = (rec_dot_kernels){.rows = NAME(dot_rows), .chosen = NAME(dot_chosen)};
    kernels->graph = GRAPH_KERNELS;
}
#endif
