#pragma once
#include <stddef.h>
#include <stdint.h>

/// One axis of a separable resampling filter: output element `i` is the sum over k < counts[i] of input element
/// firsts[i] + k times weights[i * weights_stride + k], in fixed point with 22 fraction bits, rounded and clamped.
///
/// `weights_stride` is a multiple of 4; slots from counts[i] on are zero. The positive weights of an output element add
/// up to 2^23 at most, and so do the magnitudes of the negative ones.
typedef struct {
    const int32_t *firsts;
    const int32_t *counts;
    const int32_t *weights;
    size_t weights_stride;
} rec_resample_axis;

/// Byte for byte Pillow's 8-bit resampling; integer sums do not depend on order, so every level is exact.
typedef struct {
    /// Filters `rows` rows of interleaved 8-bit RGB along x into `columns` pixels each. Strides in bytes; `available` is
    /// the number of bytes from `source` on that may be read. The caller passes the first of the rows and the axis of
    /// just the columns it wants.
    void (*horizontal)(const uint8_t *source, size_t source_stride, size_t available, uint8_t *destination,
                       size_t destination_stride, size_t rows, size_t columns, rec_resample_axis axis);

    /// Filters `count` rows of `row_bytes` bytes, `source_stride` apart, into one, for any interleaving; `weights` is
    /// the output element's, as in rec_resample_axis.
    void (*vertical)(const uint8_t *source, size_t source_stride, const int32_t *weights, size_t count,
                     uint8_t *destination, size_t row_bytes);
} rec_resample_kernels;
