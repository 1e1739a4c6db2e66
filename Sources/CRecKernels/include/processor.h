#pragma once

/// What the kernels may ask of the processor, each level more than the one before.
typedef enum {
    /// Plain C: every processor.
    REC_SCALAR,
    /// x86-64 with AVX2 and FMA.
    REC_AVX2,
    /// x86-64 with AVX-512 (F, BW, VL, DQ) and its products of bytes (VNNI).
    REC_AVX512,
    REC_LEVEL_COUNT
} rec_level;

/// The name as in the environment variable REC_CPU: "scalar", "avx2", "avx512"; NULL for a level of other processors.
const char *rec_level_name(rec_level level);

/// Whether this processor can run the kernels of a level.
int rec_level_runs(rec_level level);

/// The highest level that this processor can run or, if it is less, the one that REC_CPU names.
rec_level rec_level_best(void);
