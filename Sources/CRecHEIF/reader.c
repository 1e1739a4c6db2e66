#ifdef REC_HEIF
#include "planes.h"

#include <libheif/heif.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rec_heif_reader {
    struct heif_context *context;
    struct heif_image_handle *handle;
    struct heif_image *image;
    const uint8_t *bytes;
    size_t count;
    bool transforms;
    rec_heif_planes planes;
    char message[160];
};

rec_heif_reader *rec_heif_open(const uint8_t *bytes, size_t count) {
    rec_heif_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        return NULL;
    }
    reader->bytes = bytes;
    reader->count = count;
    reader->context = heif_context_alloc();
    if (!reader->context) {
        free(reader);
        return NULL;
    }
    heif_context_set_max_decoding_threads(reader->context, 0);
    return reader;
}

void rec_heif_close(rec_heif_reader *reader) {
    if (!reader) {
        return;
    }
    if (reader->image) {
        heif_image_release(reader->image);
    }
    if (reader->handle) {
        heif_image_handle_release(reader->handle);
    }
    heif_context_free(reader->context);
    free(reader->planes.memory);
    free(reader);
}

/// Keeps the words of an error.
static rec_heif_status status_of(rec_heif_reader *reader, struct heif_error error) {
    if (error.code == heif_error_Ok) {
        return REC_HEIF_OK;
    }
    snprintf(reader->message, sizeof reader->message, "%s", error.message ? error.message : "");
    if (error.subcode == heif_suberror_End_of_data) {
        return REC_HEIF_TRUNCATED;
    }
    if (error.subcode == heif_suberror_Security_limit_exceeded || error.code == heif_error_Memory_allocation_error) {
        return REC_HEIF_TOO_LARGE;
    }
    bool is_unsupported =
        error.code == heif_error_Unsupported_filetype || error.code == heif_error_Unsupported_feature;
    return is_unsupported ? REC_HEIF_UNSUPPORTED : REC_HEIF_CORRUPT;
}

static rec_heif_status fail(rec_heif_reader *reader, rec_heif_status status, const char *message) {
    snprintf(reader->message, sizeof reader->message, "%s", message);
    return status;
}

rec_heif_status rec_heif_read_header(rec_heif_reader *reader, bool transforms, rec_heif_header *header) {
    rec_heif_status status = status_of(
        reader, heif_context_read_from_memory_without_copy(reader->context, reader->bytes, reader->count, NULL));
    if (status == REC_HEIF_OK) {
        status = status_of(reader, heif_context_get_primary_image_handle(reader->context, &reader->handle));
    }
    if (status != REC_HEIF_OK) {
        return status;
    }
    const struct heif_image_handle *handle = reader->handle;
    header->has_alpha = heif_image_handle_has_alpha_channel(handle);
    transforms = transforms || header->has_alpha;
    reader->transforms = header->is_transformed = transforms;
    int width = transforms ? heif_image_handle_get_width(handle) : heif_image_handle_get_ispe_width(handle);
    int height = transforms ? heif_image_handle_get_height(handle) : heif_image_handle_get_ispe_height(handle);
    if (width <= 0 || height <= 0) {
        return fail(reader, REC_HEIF_CORRUPT, "it has no size");
    }
    reader->planes.width = header->width = (uint32_t)width;
    reader->planes.height = header->height = (uint32_t)height;
    return REC_HEIF_OK;
}

/// Takes a channel of a size; one that is missing has no samples.
static rec_heif_plane plane_of(const struct heif_image *image, enum heif_channel channel, size_t width, size_t height) {
    rec_heif_plane plane = {0};
    int stride = 0;
    if (heif_image_has_channel(image, channel) && heif_image_get_width(image, channel) == (int)width &&
        heif_image_get_height(image, channel) == (int)height) {
        plane.samples = heif_image_get_plane_readonly(image, channel, &stride);
        plane.stride = (size_t)stride;
        plane.bits = (unsigned)heif_image_get_bits_per_pixel_range(image, channel);
        if (plane.bits < 8 || plane.bits > 16) {
            plane.samples = NULL;
        }
    }
    return plane;
}

/// The weights of red and blue in luma, by the numbers of ITU-T H.273.
static void set_weights(rec_heif_colors *colors, unsigned matrix, unsigned primaries) {
    if (matrix == 12 || matrix == 13) {
        // Derived from the primaries.
        matrix = primaries == 1 ? 1 : primaries == 9 ? 9 : primaries == 12 ? 12 : 6;
    }
    float red = 0.299f, blue = 0.114f;
    switch (matrix) {
    case 1:
        red = 0.2126f, blue = 0.0722f;
        break;
    case 4:
        red = 0.30f, blue = 0.11f;
        break;
    case 7:
        red = 0.212f, blue = 0.087f;
        break;
    case 9:
    case 10:
        red = 0.2627f, blue = 0.0593f;
        break;
    case 12:
        red = 0.22897456f, blue = 0.07928691f;
        break;
    default:
        break;
    }
    colors->red = red;
    colors->blue = blue;
    colors->has_luma = matrix != 0 && matrix != 8;
}

/// How samples stand for colours; where the file does not say, as writers of AV1 and of HEVC usually do it.
static void read_colors(rec_heif_reader *reader) {
    rec_heif_colors *colors = &reader->planes.colors;
    struct heif_color_profile_nclx *profile = NULL;
    if (heif_image_handle_get_nclx_color_profile(reader->handle, &profile).code != heif_error_Ok) {
        profile = NULL;
    }
    if (!profile && reader->planes.is_gray &&
        heif_image_get_nclx_color_profile(reader->image, &profile).code != heif_error_Ok) {
        profile = NULL;
    }
    colors->is_full_range = profile ? profile->full_range_flag : !reader->planes.conversion.interpolates;
    set_weights(colors, profile ? profile->matrix_coefficients : 2, profile ? profile->color_primaries : 2);
    if (profile) {
        heif_nclx_color_profile_free(profile);
    }
}

rec_heif_status rec_heif_decode(rec_heif_reader *reader, rec_heif_conversion conversion) {
    struct heif_decoding_options *options = heif_decoding_options_alloc();
    if (!options) {
        return REC_HEIF_TOO_LARGE;
    }
    options->convert_hdr_to_8bit = 0;
    options->ignore_transformations = !reader->transforms;
    struct heif_error error = heif_decode_image(
        reader->handle, &reader->image, heif_colorspace_undefined, heif_chroma_undefined, options);
    heif_decoding_options_free(options);
    rec_heif_status status = status_of(reader, error);
    if (status != REC_HEIF_OK) {
        return status;
    }
    rec_heif_planes *planes = &reader->planes;
    const struct heif_image *image = reader->image;
    size_t width = planes->width, height = planes->height;
    planes->is_gray = heif_image_get_colorspace(image) == heif_colorspace_monochrome;
    planes->red = plane_of(image, planes->is_gray ? heif_channel_Y : heif_channel_R, width, height);
    planes->green = planes->is_gray ? planes->red : plane_of(image, heif_channel_G, width, height);
    planes->blue = planes->is_gray ? planes->red : plane_of(image, heif_channel_B, width, height);
    planes->is_premultiplied = heif_image_handle_is_premultiplied_alpha(reader->handle);
    planes->conversion = conversion;
    read_colors(reader);
    bool has_alpha = heif_image_handle_has_alpha_channel(reader->handle);
    if (has_alpha) {
        planes->alpha = plane_of(image, heif_channel_Alpha, width, height);
    }
    if (!planes->red.samples || !planes->green.samples || !planes->blue.samples ||
        (has_alpha && !planes->alpha.samples) || planes->red.bits != planes->green.bits ||
        planes->red.bits != planes->blue.bits) {
        return fail(reader, REC_HEIF_CORRUPT, "its channels do not fit each other");
    }
    return rec_heif_planes_prepare(planes) ? REC_HEIF_OK : REC_HEIF_TOO_LARGE;
}

void rec_heif_convert_row(rec_heif_reader *reader, size_t row, size_t first, size_t columns, uint8_t *destination) {
    rec_heif_planes_convert(&reader->planes, row, first, columns, destination);
}

const char *rec_heif_message(const rec_heif_reader *reader) { return reader->message; }
#endif
