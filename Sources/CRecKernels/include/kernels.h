#pragma once
#include "codes_i8.h"
#include "crc32c.h"
#include "dot_f32.h"
#include "graph_i8.h"
#include "network_f32.h"
#include "network_narrow.h"
#include "processor.h"
#include "resample.h"
#include "sha256.h"

/// The kernels of a level, by family; a contract stands with each family.
typedef struct {
    rec_network_kernels network;
    rec_byte_kernels bytes;
    rec_bfloat16_kernels bfloat16;
    rec_code_kernels codes;
    rec_dot_kernels dot;
    rec_graph_kernels graph;
    rec_resample_kernels resample;
    rec_checksum_kernels checksum;
    rec_digest_kernels digest;
} rec_kernels;

/// The kernels of a level that this processor can run; good for ever.
const rec_kernels *rec_kernels_at(rec_level level);
