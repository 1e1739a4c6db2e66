// Kernels that keep to one block of planes: depthwise convolution, maximum, scale and shift.

/// `count` neighbouring pixels of a row; the weights of a window row stay in registers. Of the columns that the pixels
/// see, those before `left` and from `right` on are outside the input.
INLINE void NAME(depthwise_tile)(const int count, const int kernel, const int step, const int is_edge,
                                 const ptrdiff_t left, const ptrdiff_t right, const float *input,
                                 const ptrdiff_t row_pitch, const float *weights, const ptrdiff_t kernel_rows,
                                 const rec_finish *finish, const float *residual, float *output) {
    v8 sums[8];
    UNROLL for (int i = 0; i < count; i++) sums[i] = (v8){0};
    for (ptrdiff_t y = 0; y < kernel_rows; y++) {
        const float *line = input + y * row_pitch;
        v8 w[7];
        UNROLL for (int x = 0; x < kernel; x++) w[x] = NAME(load)(weights + (y * kernel + x) * 8);
        UNROLL for (int place = 0; place < (count - 1) * step + kernel; place++) {
            if (is_edge && (place < left || place >= right)) continue;
            const v8 value = NAME(load)(line + place * 8);
            UNROLL for (int i = 0; i < count; i++) {
                if (place >= i * step && place < i * step + kernel) sums[i] = value * w[place - i * step] + sums[i];
            }
        }
    }
    const v8 bias = finish->bias ? NAME(load)(finish->bias) : (v8){0};
    const v8 low = NAME(splat)(finish->low), high = NAME(splat)(finish->high);
    UNROLL for (int i = 0; i < count; i++) {
        v8 value = sums[i] + bias;
        if (residual) value += NAME(load)(residual + 8 * i);
        NAME(store)(output + 8 * i, NAME(limit)(value, low, high));
    }
}

typedef void (*NAME(depthwise_function))(ptrdiff_t, ptrdiff_t, const float *, ptrdiff_t, const float *, ptrdiff_t,
                                         const rec_finish *, const float *, float *);

#define DEPTHWISE(COUNT, KERNEL, STEP, EDGE)                                                                          \
    static __attribute__((noinline)) void NAME(depthwise_##COUNT##_##KERNEL##_##STEP##_##EDGE)(                       \
        ptrdiff_t left, ptrdiff_t right, const float *input, ptrdiff_t row_pitch, const float *weights,               \
        ptrdiff_t kernel_rows, const rec_finish *finish, const float *residual, float *output) {                      \
        NAME(depthwise_tile)(COUNT, KERNEL, STEP, EDGE, left, right, input, row_pitch, weights, kernel_rows, finish,  \
                             residual, output);                                                                       \
    }
#define DEPTHWISES(KERNEL, STEP, EDGE)                                                                                \
    DEPTHWISE(1, KERNEL, STEP, EDGE) DEPTHWISE(2, KERNEL, STEP, EDGE) DEPTHWISE(3, KERNEL, STEP, EDGE)                \
    DEPTHWISE(4, KERNEL, STEP, EDGE) DEPTHWISE(5, KERNEL, STEP, EDGE) DEPTHWISE(6, KERNEL, STEP, EDGE)                \
    DEPTHWISE(7, KERNEL, STEP, EDGE) DEPTHWISE(8, KERNEL, STEP, EDGE)                                                 \
    static const NAME(depthwise_function) NAME(depthwises_##KERNEL##_##STEP##_##EDGE)[] = {                           \
        NAME(depthwise_1_##KERNEL##_##STEP##_##EDGE), NAME(depthwise_2_##KERNEL##_##STEP##_##EDGE),                   \
        NAME(depthwise_3_##KERNEL##_##STEP##_##EDGE), NAME(depthwise_4_##KERNEL##_##STEP##_##EDGE),                   \
        NAME(depthwise_5_##KERNEL##_##STEP##_##EDGE), NAME(depthwise_6_##KERNEL##_##STEP##_##EDGE),                   \
        NAME(depthwise_7_##KERNEL##_##STEP##_##EDGE), NAME(depthwise_8_##KERNEL##_##STEP##_##EDGE)};
DEPTHWISES(3, 1, 0) DEPTHWISES(3, 1, 1) DEPTHWISES(3, 2, 0) DEPTHWISES(3, 2, 1)
DEPTHWISES(5, 1, 0) DEPTHWISES(5, 1, 1) DEPTHWISES(5, 2, 0) DEPTHWISES(5, 2, 1)
DEPTHWISES(7, 1, 0) DEPTHWISES(7, 1, 1)

/// A window of any size and stride, pixel by pixel.
static void NAME(depthwise_any)(const rec_window *g, const float *input, const float *weights,
                                const rec_finish *finish, float *output) {
    const v8 bias = finish->bias ? NAME(load)(finish->bias) : (v8){0};
    const v8 low = NAME(splat)(finish->low), high = NAME(splat)(finish->high);
    for (ptrdiff_t row = 0; row < g->output_height; row++) {
        for (ptrdiff_t column = 0; column < g->output_width; column++) {
            v8 sum = {0};
            for (ptrdiff_t ky = 0; ky < g->kernel_height; ky++) {
                const ptrdiff_t y = row * g->stride_height + ky - g->pad_top;
                for (ptrdiff_t kx = 0; kx < g->kernel_width; kx++) {
                    const ptrdiff_t x = column * g->stride_width + kx - g->pad_left;
                    if (y < 0 || y >= g->height || x < 0 || x >= g->width) continue;
                    sum = NAME(load)(input + (y * g->width + x) * 8) *
                              NAME(load)(weights + (ky * g->kernel_width + kx) * 8) + sum;
                }
            }
            const ptrdiff_t here = (row * g->output_width + column) * 8;
            sum += bias;
            if (finish->residual) sum += NAME(load)(finish->residual + here);
            NAME(store)(output + here, NAME(limit)(sum, low, high));
        }
        if (finish->function) NAME(activate)(finish, output + row * g->output_width * 8, g->output_width, 8);
    }
}

#if HAS_AVX512
#include "depthwise_avx512.h"
#endif

static void NAME(depthwise)(const rec_window *g, const float *input, const float *weights,
                            const rec_finish *finish, float *output) {
    const ptrdiff_t size = g->kernel_width, step = g->stride_width;
#if HAS_AVX512
    if (NAME(depthwise_in_pairs)(g, input, weights, finish, output)) return;
#endif
    const NAME(depthwise_function) *inner, *edge;
    if (size == 3 && step == 1) {
        inner = NAME(depthwises_3_1_0), edge = NAME(depthwises_3_1_1);
    } else if (size == 3 && step == 2) {
        inner = NAME(depthwises_3_2_0), edge = NAME(depthwises_3_2_1);
    } else if (size == 5 && step == 1) {
        inner = NAME(depthwises_5_1_0), edge = NAME(depthwises_5_1_1);
    } else if (size == 5 && step == 2) {
        inner = NAME(depthwises_5_2_0), edge = NAME(depthwises_5_2_1);
    } else if (size == 7 && step == 1) {
        inner = NAME(depthwises_7_1_0), edge = NAME(depthwises_7_1_1);
    } else {
        NAME(depthwise_any)(g, input, weights, finish, output);
        return;
    }
    const ptrdiff_t row_pitch = g->width * 8, tiles = (g->output_width + 7) / 8;
    for (ptrdiff_t row = 0; row < g->output_height; row++) {
        const ptrdiff_t top = row * g->stride_height - g->pad_top, y_begin = top < 0 ? -top : 0;
        const ptrdiff_t y_end = top + g->kernel_height > g->height ? g->height - top : g->kernel_height;
        for (ptrdiff_t tile = 0; tile < tiles; tile++) {
            const ptrdiff_t first = g->output_width * tile / tiles;
            const ptrdiff_t count = g->output_width * (tile + 1) / tiles - first;
            const ptrdiff_t start = first * step - g->pad_left, width = (count - 1) * step + size;
            const ptrdiff_t left = start < 0 ? -start : 0, right = start + width > g->width ? g->width - start : width;
            const ptrdiff_t here = (row * g->output_width + first) * 8;
            const NAME(depthwise_function) *functions = left == 0 && right == width ? inner : edge;
            functions[count - 1](left, right, input + (top + y_begin) * row_pitch + start * 8, row_pitch,
                                 weights + y_begin * size * 8, y_end - y_begin, finish,
                                 finish->residual ? finish->residual + here : NULL, output + here);
        }
        if (finish->function) NAME(activate)(finish, output + row * g->output_width * 8, g->output_width, 8);
    }
}

static void NAME(maxpool)(const rec_window *g, const float *input, float *output) {
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
    // The function follows while values are in the first cache.
    enum { STRETCH = 256 };
    for (ptrdiff_t first = 0; first < pixels; first += STRETCH) {
        const ptrdiff_t end = pixels - first < STRETCH ? pixels : first + STRETCH;
        for (ptrdiff_t pixel = first; pixel < end; pixel++) {
            v8 value = NAME(load)(input + 8 * pixel) * factor + bias;
            if (finish->residual) value += NAME(load)(finish->residual + 8 * pixel);
            NAME(store)(output + 8 * pixel, NAME(limit)(value, low, high));
        }
        if (finish->function) NAME(activate)(finish, output + 8 * first, end - first, 8);
    }
}

typedef double NAME(v8d) __attribute__((vector_size(64)));

/// The means of `count` blocks, whose sums do not wait for each other.
INLINE void NAME(means_of_blocks)(const int count, const float *input, const ptrdiff_t pixels, float *means) {
    NAME(v8d) sums[4];
    UNROLL for (int block = 0; block < count; block++) sums[block] = (NAME(v8d)){0};
    for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
        UNROLL for (int block = 0; block < count; block++) {
            const v8 value = NAME(load)(input + 8 * (block * pixels + pixel));
            sums[block] += __builtin_convertvector(value, NAME(v8d));
        }
    }
    UNROLL for (int block = 0; block < count; block++) {
        NAME(store)(means + 8 * block, __builtin_convertvector(sums[block] / (double)pixels, v8));
    }
}

static void NAME(mean)(const float *input, ptrdiff_t pixels, ptrdiff_t blocks, float *means) {
    ptrdiff_t block = 0;
    for (; block + 4 <= blocks; block += 4) {
        NAME(means_of_blocks)(4, input + 8 * block * pixels, pixels, means + 8 * block);
    }
    for (; block < blocks; block++) {
        NAME(means_of_blocks)(1, input + 8 * block * pixels, pixels, means + 8 * block);
    }
}
