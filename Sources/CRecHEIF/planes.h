#pragma once
#include "include/CRecHEIF.h"

/// One channel: 8-bit samples, or 16-bit ones when `bits` is more than 8.
typedef struct {
    const uint8_t *samples;
    size_t stride;
    unsigned bits;
} rec_heif_plane;

/// How numbers stand for colours, by ITU-T H.273.
typedef struct {
    /// The weights of red and blue in luma.
    float red;
    float blue;
    /// Whether all numbers are used, or 16 to 235 (luma) and 16 to 240 (chroma) of 8 bits.
    bool is_full_range;
    /// Whether there is luma and chroma at all; otherwise the file has red, green and blue.
    bool has_luma;
} rec_heif_colors;

/// A row of chroma samples.
typedef struct {
    /// Its number; -1 for none.
    ptrdiff_t row;
    float *cb;
    float *cr;
} rec_heif_chroma_row;

/// The channels of a decoded picture: red, green and blue, or gray alone.
typedef struct {
    size_t width;
    size_t height;
    rec_heif_plane red;
    rec_heif_plane green;
    rec_heif_plane blue;
    rec_heif_plane alpha;
    bool is_gray;
    bool is_premultiplied;
    rec_heif_colors colors;
    rec_heif_conversion conversion;
    /// The chroma rows that were computed last.
    rec_heif_chroma_row chroma[2];
    /// Working memory that the rows are in.
    float *memory;
} rec_heif_planes;

/// Allocates the working memory; false when memory is short.
bool rec_heif_planes_prepare(rec_heif_planes *planes);

/// Converts `columns` pixels of a row, from the pixel `first` on, to 8-bit RGB or RGBA.
void rec_heif_planes_convert(
    rec_heif_planes *planes, size_t row, size_t first, size_t columns, uint8_t *destination);
