// The kernels in plain C, for every processor: the reference for the other levels.
#include "../include/kernels.h"
#include <math.h>
#include <string.h>

// Vectors never cross a function call: everything that takes one is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define NAME(x) scalar_##x
#define HAS_AVX2 0
#define HAS_AVX512 0
#if defined(__x86_64__)
// A vector takes two of SSE2's 16 registers.
#define TILE_PIXELS 3
#else
#define TILE_PIXELS 6
#endif
#include "../codes/steps_scalar.h"
#include "../codes/search.h"
#include "../crc32c/scalar.h"
#include "../dot/scalar.h"
#include "../graph/steps_scalar.h"
#include "../graph/search.h"
#include "../network/network.h"
#include "../network/bytes.h"
#include "../resample/plain.h"
#include "../sha256/scalar.h"

void rec_plug_scalar(rec_kernels *kernels) {
    *kernels = (rec_kernels){
        .network = NAME(network),
        .bytes = NAME(bytes),
        .codes = {.scan = NAME(scan), .refine = NAME(refine)},
        .dot = {.rows = NAME(dot_rows), .chosen = NAME(dot_chosen)},
        .graph = GRAPH_KERNELS,
        .resample = {.horizontal = NAME(resample_horizontal_plain), .vertical = NAME(resample_vertical_plain)},
        .checksum = {.crc32c = NAME(crc32c)},
        .digest = {.sha256 = NAME(sha256)},
    };
}
