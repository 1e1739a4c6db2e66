#pragma once
#include "network_f32.h"
#include <stddef.h>
#include <stdint.h>

/// Products of numbers narrower than floats, over maps whose channels come last: [row][column][channel], the channels
/// of a pixel filled up to a multiple of 16. Sums are 32 bits wide.
///
/// Numbers are met in groups of four bytes: four bytes, two numbers of 16 bits or two bfloat16. Weights lie in panels of
/// `panel` planes, [panel][group][plane][4 bytes], the last one half as wide when the rest is no more than that.
enum { REC_NARROW_PLANES = 16, REC_GROUP_BYTES = 4 };

/// How a level wants the operands of its products.
typedef struct {
    /// Planes in a panel of weights, twice the planes of a vector.
    ptrdiff_t panel;
    /// Bytes of a number, in maps and weights: 1 or 2.
    ptrdiff_t number;
} rec_narrow_format;

/// The operands: for each row and pixel, the sum over q < offset_count and r < run of the byte groups at
/// input + row * row_pitch + pixel * pixel_pitch + offsets[q] + r with their weights. All in bytes; `run` is a multiple
/// of 16.
typedef struct {
    const void *input;
    const ptrdiff_t *offsets;
    ptrdiff_t offset_count, run;
    ptrdiff_t pixel_pitch, row_pitch;
    ptrdiff_t rows, pixels;
    const void *weights;
    /// Planes of the output, a multiple of 16.
    ptrdiff_t planes;
} rec_narrow_operands;

/// A product of bytes (0 to 255) and signed bytes, exact in 32 bits. With x = start + sum as a float,
///
///     value = x * scale + bias, then + residual * residual_scale, then at least low and at most high,
///
/// each operation rounded to a float. It is stored as it is, or rounded (half to even) to a byte, so that all levels and
/// all divisions of the work give the same bits.
typedef struct {
    rec_narrow_operands operands;
    /// One number per plane.
    const int32_t *starts;
    const float *scale, *bias;
    /// Bytes laid out as an output of bytes, or NULL.
    const uint8_t *residual;
    float residual_scale;
    float low, high;
    /// One of them is NULL. Floats are in blocks of 8 channels, of which `blocks` are stored.
    uint8_t *bytes;
    float *floats;
    ptrdiff_t blocks;
    /// Of the output, in its elements; and of an output of bytes, which the residual is laid out like.
    ptrdiff_t block_pitch, pixel_pitch, row_pitch;
    ptrdiff_t residual_pixel_pitch, residual_row_pitch;
} rec_byte_product;

typedef struct {
    rec_narrow_format format;
    void (*product)(const rec_byte_product *product);

    /// From one image of floats in blocks to bytes with the channels last: value * scale + zero, rounded half to even,
    /// within 0 to 255. NaN becomes 0 or 255.
    void (*quantize)(const float *input, ptrdiff_t blocks, ptrdiff_t pixels, float scale, float zero, uint8_t *output);
} rec_byte_kernels;

/// A product of bfloat16. Each group of two is added to its sum of floats in the processor's way: products are exact,
/// sums round to nearest, and what is smaller than a normal number counts as zero. The finish is that of floats; output
/// and residual are floats in blocks.
typedef struct {
    rec_narrow_operands operands;
    float *output;
    ptrdiff_t blocks;
    ptrdiff_t block_pitch, pixel_pitch, row_pitch;
    rec_finish finish;
} rec_bfloat16_product;

/// Both are NULL where the processor has no such products.
typedef struct {
    rec_narrow_format format;
    void (*product)(const rec_bfloat16_product *product);

    /// From `rows` rows of floats in blocks to bfloat16 with the channels last. Rows of the output are `row_pitch` numbers
    /// apart.
    void (*convert)(const float *input, ptrdiff_t blocks, ptrdiff_t block_pitch, ptrdiff_t rows, ptrdiff_t columns,
                    uint16_t *output, ptrdiff_t row_pitch);
} rec_bfloat16_kernels;

/// The way back from bytes: (value - zero) * scale, for one image. Lanes beyond `channels` become zero.
void rec_dequantize(const uint8_t *input, ptrdiff_t channels, ptrdiff_t pixels, int32_t zero, float scale,
                    float *output);

/// Copies an image of bytes into the middle of `filler`, as numbers of `number` bytes.
void rec_pad_bytes(const uint8_t *input, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, ptrdiff_t top,
                   ptrdiff_t left, ptrdiff_t padded_height, ptrdiff_t padded_width, uint8_t filler, ptrdiff_t number,
                   void *output);

/// Packs a matrix of planes by depth into panels; `planes` is a multiple of 16 and `depth` one of 4.
void rec_pack_bytes(const int8_t *matrix, ptrdiff_t planes, ptrdiff_t depth, const rec_narrow_format *format,
                    void *packed);

/// The same, with floats that are rounded (half to even) to bfloat16.
void rec_pack_bfloat16(const float *matrix, ptrdiff_t planes, ptrdiff_t depth, const rec_narrow_format *format,
                       uint16_t *packed);
