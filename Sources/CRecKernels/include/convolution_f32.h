#pragma once
#include <stddef.h>

/// A window that slides over the planes of one CHW image. Padding is what is left of the input's edges; whatever lies
/// right of or below the input counts as padding too, so `output_*` decide how far the window goes.
typedef struct {
    ptrdiff_t channels, height, width;
    ptrdiff_t kernel_height, kernel_width;
    ptrdiff_t stride_height, stride_width;
    ptrdiff_t pad_top, pad_left;
    ptrdiff_t output_height, output_width;
} rec_window;

/// What is applied to every element at the end of a layer. NaN stays NaN.
typedef enum { REC_ACTIVATION_NONE = 0, REC_ACTIVATION_RELU = 1, REC_ACTIVATION_RELU6 = 2 } rec_activation;

/// Lays `row_count` output rows, from `first_row` on, out as the columns of a matrix for GEMM: row-major
/// (channels * kernel_height * kernel_width) x (row_count * output_width), zeros for padding.
void rec_im2col_f32(const rec_window *window, const float *input, ptrdiff_t first_row, ptrdiff_t row_count,
                    float *columns);

/// values[r][c] = activation(values[r][c] + bias[r] + residual[r][c]); `bias` and `residual` may be NULL.
void rec_epilogue_f32(float *values, ptrdiff_t rows, ptrdiff_t columns, const float *bias, const float *residual,
                      rec_activation activation);

/// values[r][c] = activation(values[r][c] * scale[r] + shift[r]), from `input` to `output`.
void rec_affine_f32(const float *input, float *output, ptrdiff_t rows, ptrdiff_t columns, const float *scale,
                    const float *shift, rec_activation activation);

/// Depthwise convolution: one kernel_height x kernel_width filter a channel, then bias, residual (may be NULL) and
/// activation. `output` must not overlap the rest.
void rec_depthwise_f32(const rec_window *window, const float *input, const float *weights, const float *bias,
                       const float *residual, rec_activation activation, float *output);

/// Maximum over each window; padding never wins, NaN always does. A window holds at least one input element.
void rec_maxpool_f32(const rec_window *window, const float *input, float *output);

/// Reference convolution, any grouping: OIHW weights (I = channels / groups), sums in double precision, then bias,
/// residual (may be NULL) and activation in float.
void rec_direct_convolution_f32(const rec_window *window, ptrdiff_t output_channels, ptrdiff_t groups,
                                const float *input, const float *weights, const float *bias, const float *residual,
                                rec_activation activation, float *output);
