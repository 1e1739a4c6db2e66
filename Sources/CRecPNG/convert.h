#pragma once
#include "include/CRecPNG.h"

/// Converts `columns` pixels of a row of samples, from the pixel `first` on, to RGB or RGBA.
///
/// Samples have 8 bits, except for gray and palettes, which have the depth of the picture.
void rec_png_convert(
    const rec_png_picture *picture, const uint8_t *samples, uint8_t *destination, size_t first, size_t columns);
