// The functions that are compiled once for each instruction set; contracts in ../include/blocked_f32.h.
#pragma once
#include "../include/blocked_f32.h"

typedef struct {
    void (*product)(const rec_product *);
    void (*winograd_input)(const rec_winograd *, const float *, ptrdiff_t, ptrdiff_t, ptrdiff_t, ptrdiff_t, float *);
    void (*winograd_output)(const rec_winograd *, const float *, ptrdiff_t, ptrdiff_t, ptrdiff_t, const rec_finish *,
                            int, float *);
    void (*depthwise)(const rec_window *, const float *, const float *, const rec_finish *, float *);
    void (*maxpool)(const rec_window *, const float *, float *);
    void (*affine)(const float *, ptrdiff_t, const float *, const rec_finish *, float *);
} rec_variant;

extern const rec_variant rec_variant_scalar;
#if defined(__x86_64__)
extern const rec_variant rec_variant_avx2;
#endif
