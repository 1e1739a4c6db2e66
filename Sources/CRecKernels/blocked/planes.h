// Kernels that keep to one block of planes: depthwise convolution, maximum, scale and shift.

/// `count` neighbouring pixels of a row, all columns of the window inside the input; the weights stay in registers.
INLINE void NAME(depthwise_tile)(const int count, const int kernel, const int step, const float *input,
                                 const ptrdiff_t row_pitch, const float *weights, const ptrdiff_t kernel_rows,
                                 v8 *sums) {
    UNROLL for (int i = 0; i < count; i++) sums[i] = (v8){0};
    for (ptrdiff_t y = 0; y < kernel_rows; y++) {
        const float *line = input + y * row_pitch;
        v8 w[5];
        UNROLL for (int x = 0; x < kernel; x++) w[x] = NAME(load)(weights + (y * kernel + x) * 8);
        UNROLL for (int place = 0; place < (count - 1) * step + kernel; place++) {
            const v8 value = NAME(load)(line + place * 8);
            UNROLL for (int i = 0; i < count; i++) {
                if (place >= i * step && place < i * step + kernel) sums[i] = value * w[place - i * step] + sums[i];
            }
        }
    }
}

INLINE void NAME(depthwise_store)(const int count, const v8 *sums, v8 bias, const float *residual, v8 low, v8 high,
                                  float *output) {
    UNROLL for (int i = 0; i < count; i++) {
        v8 value = sums[i] + bias;
        if (residual) value += NAME(load)(residual + 8 * i);
        NAME(store)(output + 8 * i, NAME(limit)(value, low, high));
    }
}

INLINE void NAME(depthwise_window)(const int kernel, const int step, const rec_plane_window *g, const float *input,
                                   const float *weights, ptrdiff_t first_row, ptrdiff_t row_count,
                                   const rec_finish *finish, float *output) {
    const ptrdiff_t row_pitch = g->width * 8;
    const ptrdiff_t size = kernel ? kernel : g->kernel_width, stride = step ? step : g->stride_width;
    const v8 bias = finish->bias ? NAME(load)(finish->bias) : (v8){0};
    const v8 low = NAME(splat)(finish->low), high = NAME(splat)(finish->high);
    // Columns whose window is inside the input.
    ptrdiff_t begin = (g->pad_left + stride - 1) / stride;
    if (begin > g->output_width) begin = g->output_width;
    ptrdiff_t end = g->width + g->pad_left < size ? 0 : (g->width + g->pad_left - size) / stride + 1;
    if (end > g->output_width) end = g->output_width;
    if (end < begin || !kernel) end = begin;
    enum { RUN = 8 };
    for (ptrdiff_t row = first_row; row < first_row + row_count; row++) {
        const ptrdiff_t top = row * g->stride_height - g->pad_top;
        const ptrdiff_t y_begin = top < 0 ? -top : 0;
        const ptrdiff_t y_end = top + g->kernel_height > g->height ? g->height - top : g->kernel_height;
        const ptrdiff_t here = row * g->output_width * 8;
        const float *lines = input + (top + y_begin) * row_pitch - g->pad_left * 8;
        const float *w = weights + y_begin * size * 8;
        const float *other = finish->residual ? finish->residual + here : NULL;
        float *to = output + here;
        ptrdiff_t x = 0;
        while (x < g->output_width) {
            v8 sums[RUN];
            if (kernel && x >= begin && x + RUN <= end) {
                NAME(depthwise_tile)(RUN, kernel, step, lines + x * step * 8, row_pitch, w, y_end - y_begin, sums);
                NAME(depthwise_store)(RUN, sums, bias, other ? other + x * 8 : NULL, low, high, to + x * 8);
                x += RUN;
            } else if (kernel && x >= begin && x + 4 <= end) {
                NAME(depthwise_tile)(4, kernel, step, lines + x * step * 8, row_pitch, w, y_end - y_begin, sums);
                NAME(depthwise_store)(4, sums, bias, other ? other + x * 8 : NULL, low, high, to + x * 8);
                x += 4;
            } else {
                const ptrdiff_t left = x * stride - g->pad_left;
                const ptrdiff_t x_begin = left < 0 ? -left : 0;
                const ptrdiff_t x_end = left + size > g->width ? g->width - left : size;
                sums[0] = (v8){0};
                for (ptrdiff_t ky = 0; ky < y_end - y_begin; ky++) {
                    for (ptrdiff_t kx = x_begin; kx < x_end; kx++) {
                        sums[0] = NAME(load)(lines + ky * row_pitch + (x * stride + kx) * 8) *
                                      NAME(load)(w + (ky * size + kx) * 8) + sums[0];
                    }
                }
                NAME(depthwise_store)(1, sums, bias, other ? other + x * 8 : NULL, low, high, to + x * 8);
                x += 1;
            }
        }
    }
}

static void NAME(depthwise)(const rec_plane_window *g, const float *input, const float *weights, ptrdiff_t first_row,
                            ptrdiff_t row_count, const rec_finish *finish, float *output) {
    const ptrdiff_t size = g->kernel_width, stride = g->stride_width;
    if (size == 3 && stride == 1) {
        NAME(depthwise_window)(3, 1, g, input, weights, first_row, row_count, finish, output);
    } else if (size == 3 && stride == 2) {
        NAME(depthwise_window)(3, 2, g, input, weights, first_row, row_count, finish, output);
    } else if (size == 5 && stride == 1) {
        NAME(depthwise_window)(5, 1, g, input, weights, first_row, row_count, finish, output);
    } else if (size == 5 && stride == 2) {
        NAME(depthwise_window)(5, 2, g, input, weights, first_row, row_count, finish, output);
    } else {
        NAME(depthwise_window)(0, 0, g, input, weights, first_row, row_count, finish, output);
    }
}

static void NAME(maxpool)(const rec_plane_window *g, const float *input, float *output) {
    for (ptrdiff_t row = 0; row < g->output_height; row++) {
        ptrdiff_t top = row * g->stride_height - g->pad_top;
        const ptrdiff_t bottom = top + g->kernel_height < g->height ? top + g->kernel_height : g->height;
        top = top < 0 ? 0 : top;
        for (ptrdiff_t column = 0; column < g->output_width; column++) {
            ptrdiff_t left = column * g->stride_width - g->pad_left;
            const ptrdiff_t right = left + g->kernel_width < g->width ? left + g->kernel_width : g->width;
            left = left < 0 ? 0 : left;
            v8 best = NAME(load)(input + (top * g->width + left) * 8);
            for (ptrdiff_t y = top; y < bottom; y++) {
                for (ptrdiff_t x = left; x < right; x++) {
                    best = NAME(larger)(best, NAME(load)(input + (y * g->width + x) * 8));
                }
            }
            NAME(store)(output, best);
            output += 8;
        }
    }
}

static void NAME(affine)(const float *input, ptrdiff_t pixels, const float *scale, const rec_finish *finish,
                         float *output) {
    const v8 factor = scale ? NAME(load)(scale) : NAME(splat)(1);
    const v8 bias = finish->bias ? NAME(load)(finish->bias) : (v8){0};
    const v8 low = NAME(splat)(finish->low), high = NAME(splat)(finish->high);
    for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
        v8 value = NAME(load)(input + 8 * pixel) * factor + bias;
        if (finish->residual) value += NAME(load)(finish->residual + 8 * pixel);
        NAME(store)(output + 8 * pixel, NAME(limit)(value, low, high));
    }
}
