// The kernels for x86-64 with AVX-512 and its products of bytes (VNNI). Those of networks in floats are AVX2's: on the
// processors measured the multipliers are the same.
#if defined(__x86_64__)
#include "../include/kernels.h"
#include "../network/vector.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)
#define NAME(x) avx512_##x
#include "../codes/steps_avx512.h"
#include "../codes/search.h"
#include "../network/bytes_vnni.h"
#include "../graph/steps_avx512.h"
#include "../graph/search.h"
#pragma clang attribute pop

void rec_plug_avx512(rec_kernels *kernels) {
    kernels->bytes.format = (rec_narrow_format){.panel = 32, .number = 1};
    kernels->bytes.product = NAME(bytes_product);
    kernels->codes = (rec_code_kernels){.scan = NAME(scan), .refine = NAME(refine)};
    kernels->graph = GRAPH_KERNELS;
}
#endif
