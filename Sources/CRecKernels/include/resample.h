#pragma once
#include <stddef.h>
#include <stdint.h>

/// One axis of a separable resampling filter: output element `i` is the sum over k < counts[i] of input element
/// firsts[i] + k times weights[i * weights_stride + k], in fixed point with 22 fraction bits, rounded and clamped.
typedef struct {
    const int32_t *firsts;
    const int32_t *counts;
    const int32_t *weights;
    size_t weights_stride;
} rec_resample_axis;

/// Filters `rows` rows of interleaved 8-bit RGB along x into `columns` pixels each. Strides in bytes. The caller
/// passes the first of the rows and the axis of just the columns it wants.
void rec_resample_horizontal_rgb8(
    const uint8_t *source, size_t source_stride, uint8_t *destination, size_t destination_stride, size_t rows,
    size_t columns, rec_resample_axis axis);

/// Filters along y into `rows` rows of `row_bytes` bytes, for any interleaving. Strides in bytes.
void rec_resample_vertical_u8(
    const uint8_t *source, size_t source_stride, uint8_t *destination, size_t destination_stride, size_t rows,
    size_t row_bytes, rec_resample_axis axis);
