#pragma once
#include <stddef.h>
#include <stdint.h>

/// Copies pixels of interleaved 8-bit RGB along any two directions: output pixel (x, y) of `columns` x `rows` is the
/// source pixel at `origin + x * x_step + y * y_step`, all counted in pixels. Rotations, flips and crops are this.
void rec_remap_rgb8(
    const uint8_t *source, ptrdiff_t origin, ptrdiff_t x_step, ptrdiff_t y_step, uint8_t *destination, size_t columns,
    size_t rows);

/// Gathers pixels of interleaved 8-bit RGB: output pixel (x, y) is source pixel (x_indices[x], y_indices[y]), black
/// where either index is negative. `source_stride` in bytes.
void rec_gather_rgb8(
    const uint8_t *source, size_t source_stride, const int32_t *x_indices, const int32_t *y_indices,
    uint8_t *destination, size_t columns, size_t rows);

/// Lays `count` pixels of interleaved 8-bit RGBA on a colour: alpha * source + (1 - alpha) * colour, rounded as Pillow's
/// alpha_composite rounds it.
void rec_composite_rgba8(const uint8_t *source, size_t count, const uint8_t color[3], uint8_t *destination);

/// Converts interleaved 8-bit RGB to three float channels (CHW): channel p holds tables[256 * p + value] for the value
/// of source channel `channels[p]`. Channels follow each other, `count` elements each.
void rec_planes_from_rgb8(
    const uint8_t *source, size_t count, const uint8_t channels[3], const float *tables, float *planes);
