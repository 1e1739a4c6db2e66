// The kernels for x86-64 with AVX-512 and products of bfloat16, which some processors with AVX-512 lack.
#if defined(__x86_64__)
#include "../include/kernels.h"
#include "../network/vector.h"

#pragma clang attribute push(                                                                                         \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512bf16"))), apply_to = function)
#define NAME(x) avx512_##x
#include "../network/bfloat16.h"
#pragma clang attribute pop

void rec_plug_bf16(rec_kernels *kernels) {
    kernels->bfloat16 = (rec_bfloat16_kernels){
        .format = {.panel = 32, .number = 2},
        .product = NAME(bfloat16_product),
        .convert = NAME(bfloat16_convert),
    };
}
#endif
