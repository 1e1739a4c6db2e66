#pragma once
#include "attention_f32.h"
#include <stddef.h>

/// Kernels over feature maps in blocks of 8 channels: [block][row][column][8], called nChw8c in other engines. The
/// lanes of channels that do not exist are zero. A pixel of a block is 32 bytes, so a vector is 8 channels of one pixel
/// and a run of pixels is contiguous.
///
/// A sum runs over at most REC_LONGEST_SUM terms one after the other; a longer one is a sum of such sums, which keeps
/// rounding errors small.
enum { REC_BLOCK = 8, REC_PANEL = 16, REC_LONGEST_SUM = 1024 };

/// A window that slides over the channels of one image. Padding is what is left of the input's edges; whatever lies
/// right of or below the input counts as padding too, so `output_*` decide how far the window goes.
typedef struct {
    ptrdiff_t channels, height, width;
    ptrdiff_t kernel_height, kernel_width;
    ptrdiff_t stride_height, stride_width;
    ptrdiff_t pad_top, pad_left;
    ptrdiff_t output_height, output_width;
} rec_window;

/// A function of each value besides limits. NaN stays NaN.
typedef enum {
    /// x
    REC_IDENTITY,
    /// x / (1 + e^-x)
    REC_SILU,
    /// x * min(max(x + 3, 0), 6) / 6
    REC_HARD_SWISH,
    /// 1 / (1 + e^-x)
    REC_SIGMOID,
    /// min(max(slope * x + offset, 0), 1)
    REC_HARD_SIGMOID,
    /// The hyperbolic tangent.
    REC_TANH,
    /// x * (1 + erf(x / sqrt(2))) / 2
    REC_GELU,
    /// x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2
    REC_TANH_GELU,
    /// x / (1 + e^(-1.702 x))
    REC_QUICK_GELU,
} rec_function;

/// What happens to sums before they are stored: bias, then residual, then the limits, then the function.
typedef struct {
    /// One value per output channel, or NULL.
    const float *bias;
    /// Laid out as the output, or NULL.
    const float *residual;
    float low, high;
    rec_function function;
    /// Parameters of the function.
    float slope, offset;
} rec_finish;

/// A matrix product whose left operand is found through offsets, which covers convolutions of any window and stride:
///
/// output[row][pixel][plane] = sum over q < offset_count and r < run of
///     input[row * row_pitch + pixel * pixel_pitch + offsets[q] + r] * weight[q * run + r][plane]
///
/// Weights lie in panels of 16 channels, [panel][depth][16], the last one [depth][8] when the blocks are odd in number.
/// The sums run over the depth in order, in stretches of 1024 terms, with one rounding a term where the processor has
/// FMA, so a pixel's result does not depend on the pixels around it. Pitches are in floats.
typedef struct {
    const float *input;
    const ptrdiff_t *offsets;
    /// `run` is 1 or 8.
    ptrdiff_t offset_count, run;
    ptrdiff_t pixel_pitch, row_pitch;
    ptrdiff_t rows, pixels;
    const float *weights;
    /// Blocks of output channels.
    ptrdiff_t blocks;
    float *output;
    ptrdiff_t output_block_pitch, output_row_pitch, output_pixel_pitch;
    rec_finish finish;
} rec_product;

/// A 3x3 convolution in tiles of m x m outputs, by Winograd's minimal filtering.
///
/// With stride 1 it is F(m, 3) for m of 2, 4, 6 or 7, in m + 2 points along each axis. With stride 2 the rows and
/// columns of the input fall into even and odd ones: taps 0 and 2 of the window meet those of one kind, tap 1 those of
/// the other. So the input is four phases (row parity * 2 + column parity, counted from the window's first tap) of a
/// convolution of stride 1 with 2x2, 2x1, 1x2 and 1x1 taps, all in the 8 points of F(7, 2). A phase of one tap along an
/// axis has nothing at infinity there.
///
/// Tiles are numbered through all images, row by row in each. Their transforms lie in [position][block][tile][8];
/// pitches between positions and blocks are the caller's, in floats. Position i * n + j is point i of the rows and
/// point j of the columns; infinity is the last.
typedef struct {
    ptrdiff_t m, stride;
    ptrdiff_t height, width;
    ptrdiff_t pad_top, pad_left;
    ptrdiff_t output_height, output_width;
    /// Floats from an image to the next.
    ptrdiff_t input_pitch, output_pitch;
    ptrdiff_t position_pitch, block_pitch;
} rec_winograd;

/// The 3x3 filters of one panel, [depth][9][width], and the transform that they need.
typedef struct {
    ptrdiff_t stride;
    /// Points along each axis.
    ptrdiff_t points;
    /// As `rec_winograd_coefficients` makes them.
    const float *coefficients;
    ptrdiff_t depth, width;
    const float *filters;
} rec_winograd_panel;

/// The kernels of networks. A window slides over one block, whatever its `channels` say.
typedef struct {
    void (*product)(const rec_product *product);

    /// The transforms of `tile_count` tiles from `first_tile` on, for all `blocks` of one phase of the input; 0 is the
    /// only phase of stride 1.
    void (*winograd_input)(const rec_winograd *shape, const float *input, ptrdiff_t first_tile, ptrdiff_t tile_count,
                           ptrdiff_t blocks, ptrdiff_t phase, float *transforms);

    /// From products back to pixels of `blocks` output blocks. With `pool`, each 2x2 pixels become their maximum, and
    /// the output (but not `output_height` and `output_width`) is half the size, rounded down; m is even then, and
    /// there is neither a residual nor a function.
    void (*winograd_output)(const rec_winograd *shape, const float *products, ptrdiff_t first_tile,
                            ptrdiff_t tile_count, ptrdiff_t blocks, const rec_finish *finish, int pool, float *output);

    /// The transforms of a panel's filters for some columns of a row of positions. That of the filter for channel k,
    /// phase p and column j is the `width` floats from `places[p * points + j]` + k * width on; a negative place means
    /// that the phase takes no part in the position. Columns of a point and of its negative come together.
    void (*winograd_filters)(const rec_winograd_panel *panel, ptrdiff_t row, ptrdiff_t begin, ptrdiff_t end,
                             const ptrdiff_t *places, float *transforms);

    /// Depthwise convolution of one block: weights [kernel_height][kernel_width][8].
    void (*depthwise)(const rec_window *window, const float *input, const float *weights, const rec_finish *finish,
                      float *output);

    /// Maximum over each window of one block; padding never wins, NaN always does.
    void (*maxpool)(const rec_window *window, const float *input, float *output);

    /// output = finish(input * scale) for one block of `pixels`; `scale` is NULL for 1.
    void (*affine)(const float *input, ptrdiff_t pixels, const float *scale, const rec_finish *finish, float *output);

    /// The mean of each channel of some blocks, [block][pixel][8] to [block][8], summed in double precision.
    void (*mean)(const float *input, ptrdiff_t pixels, ptrdiff_t blocks, float *means);

    /// For `count` pixels from `first` on, (x - mean) / sqrt(variance + epsilon) * scale + shift across the channels of
    /// one image; scale and shift are zero in unused lanes.
    void (*layer_normalization)(const float *input, ptrdiff_t channels, ptrdiff_t pixels, ptrdiff_t first,
                                ptrdiff_t count, const float *scale, const float *shift, float epsilon,
                                float *output);

    /// e^(x - maximum) of each row, divided by the row's sum.
    void (*softmax)(const float *input, ptrdiff_t rows, ptrdiff_t width, float *output);

    /// One head of attention.
    void (*attention)(const rec_attention *attention);
} rec_network_kernels;

/// Packs a matrix of outputs by columns, whose elements are found `output_pitch` and `column_pitch` floats apart, into
/// the panels of `rec_product`. Row k of a panel is column `order[k]` of the matrix, or zeros where that is negative.
/// Panels are `width` channels wide, whole blocks; the last has what is left.
void rec_pack_panels_f32(const float *matrix, ptrdiff_t outputs, ptrdiff_t output_pitch, ptrdiff_t column_pitch,
                         const ptrdiff_t *order, ptrdiff_t depth, ptrdiff_t width, float *packed);

/// Whether a phase takes part in a position: always with stride 1.
int rec_winograd_uses(ptrdiff_t stride, ptrdiff_t phase, ptrdiff_t position);

/// The coefficients of the filter transform, [9][3]: row i makes point i of three taps with stride 1, of two with
/// stride 2.
void rec_winograd_coefficients(ptrdiff_t m, ptrdiff_t stride, float *coefficients);

/// Copies OIHW 3x3 filters to [panel][depth][9][16], where the depth is the input's channels in whole blocks and the
/// last panel is as in `rec_product`. Elements without a filter are not written: pass zeros.
void rec_winograd_panels_f32(const float *weights, ptrdiff_t outputs, ptrdiff_t inputs, float *panels);

/// The mean over each window of one block; padding counts as zeros with `counts_padding`, and not at all without. What is
/// beyond `bottom` and `right` rows and columns of padding never counts.
void rec_average_pool_f32(const rec_window *window, const float *input, ptrdiff_t bottom, ptrdiff_t right,
                          int counts_padding, float *output);

/// Packs `depth` x `columns` numbers, found `depth_pitch` and `column_pitch` apart, into the panels of `rec_product`.
void rec_pack_operand_f32(const float *matrix, ptrdiff_t depth, ptrdiff_t columns, ptrdiff_t depth_pitch,
                          ptrdiff_t column_pitch, float *packed);

/// Copies one image of `pixels` per channel from CHW to blocks, and from blocks to CHW.
void rec_planes_to_blocks_f32(const float *planes, ptrdiff_t channels, ptrdiff_t pixels, float *blocks);
void rec_blocks_to_planes_f32(const float *blocks, ptrdiff_t channels, ptrdiff_t pixels, float *planes);

/// Copies one image from HWC, a row of channels for each pixel, to blocks, and from blocks to HWC.
void rec_rows_to_blocks_f32(const float *rows, ptrdiff_t channels, ptrdiff_t pixels, float *blocks);
void rec_blocks_to_rows_f32(const float *blocks, ptrdiff_t channels, ptrdiff_t pixels, float *rows);

/// Gathers the elements under the window in one block, [kernel row][kernel column][output pixel][8], with zeros for
/// padding.
void rec_gather_f32(const rec_window *window, const float *input, float *output);

/// Copies a map of `height` x `width` elements of `element` floats each into the middle of zeros.
void rec_pad_f32(const float *input, ptrdiff_t height, ptrdiff_t width, ptrdiff_t element, ptrdiff_t top,
                 ptrdiff_t left, ptrdiff_t padded_height, ptrdiff_t padded_width, float *output);
