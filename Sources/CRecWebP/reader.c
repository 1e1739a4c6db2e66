#ifdef REC_WEBP
#include "include/CRecWebP.h"

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static rec_webp_range range_of(const uint8_t *bytes, WebPData data) {
    return (rec_webp_range){.start = (size_t)(data.bytes - bytes), .size = data.size};
}

/// The first chunk of a name.
static rec_webp_range find_chunk(const WebPDemuxer *demuxer, const uint8_t *bytes, const char *name) {
    rec_webp_range range = {0};
    WebPChunkIterator iterator;
    if (WebPDemuxGetChunk(demuxer, name, 1, &iterator)) {
        range = range_of(bytes, iterator.chunk);
        WebPDemuxReleaseChunkIterator(&iterator);
    }
    return range;
}

rec_webp_status rec_webp_read_header(const uint8_t *bytes, size_t count, bool lenient, rec_webp_header *header) {
    memset(header, 0, sizeof *header);
    WebPData data = {.bytes = bytes, .size = count};
    WebPDemuxState state = WEBP_DEMUX_PARSING_HEADER;
    WebPDemuxer *demuxer = WebPDemuxPartial(&data, &state);
    header->is_cut = state != WEBP_DEMUX_DONE;
    if (!demuxer) {
        return state == WEBP_DEMUX_PARSE_ERROR ? REC_WEBP_CORRUPT : REC_WEBP_TRUNCATED;
    }
    rec_webp_status status = REC_WEBP_TRUNCATED;
    WebPIterator iterator;
    if ((!header->is_cut || lenient) && WebPDemuxGetFrame(demuxer, 1, &iterator)) {
        WebPBitstreamFeatures features;
        header->has_alpha = WebPGetFeatures(bytes, count, &features) != VP8_STATUS_OK || features.has_alpha;
        header->width = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH);
        header->height = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT);
        header->frame_left = (uint32_t)iterator.x_offset;
        header->frame_top = (uint32_t)iterator.y_offset;
        header->frame_width = (uint32_t)iterator.width;
        header->frame_height = (uint32_t)iterator.height;
        header->frame = range_of(bytes, iterator.fragment);
        header->exif = find_chunk(demuxer, bytes, "EXIF");
        header->xmp = find_chunk(demuxer, bytes, "XMP ");
        bool fits = iterator.width > 0 && iterator.height > 0 &&
                    header->frame_left + header->frame_width <= header->width &&
                    header->frame_top + header->frame_height <= header->height;
        status = fits ? REC_WEBP_OK : REC_WEBP_CORRUPT;
        WebPDemuxReleaseIterator(&iterator);
    } else if (!header->is_cut) {
        status = REC_WEBP_CORRUPT;
    }
    WebPDemuxDelete(demuxer);
    return status;
}

struct rec_webp_pixels {
    WebPDecoderConfig config;
    /// The decoder of a frame that is cut; it owns the pixels then.
    WebPIDecoder *decoder;
    const uint8_t *rows;
    size_t stride;
};

static rec_webp_status status_of(VP8StatusCode code) {
    switch (code) {
    case VP8_STATUS_OK:
        return REC_WEBP_OK;
    case VP8_STATUS_OUT_OF_MEMORY:
        return REC_WEBP_OUT_OF_MEMORY;
    case VP8_STATUS_SUSPENDED:
    case VP8_STATUS_NOT_ENOUGH_DATA:
        return REC_WEBP_TRUNCATED;
    default:
        return REC_WEBP_CORRUPT;
    }
}

/// Widens one side of a rectangle: upsampling of colours uses the neighbours, and crops begin at even pixels.
static void widen(uint32_t *start, uint32_t *length, uint32_t side) {
    enum { margin = 4 };
    uint32_t end = *start + *length;
    end = side - end < margin ? side : end + margin;
    *start = *start < margin ? 0 : (*start - margin) & ~1u;
    *length = end - *start;
}

/// Decodes as many rows as there are.
static rec_webp_status decode_cut(
    rec_webp_pixels *pixels, const uint8_t *bytes, const rec_webp_header *header, rec_webp_rectangle *rectangle) {
    pixels->decoder = WebPIDecode(NULL, 0, &pixels->config);
    if (!pixels->decoder) {
        return REC_WEBP_OUT_OF_MEMORY;
    }
    rec_webp_status status =
        status_of(WebPIUpdate(pixels->decoder, bytes + header->frame.start, header->frame.size));
    int left = 0, top = 0, width = 0, height = 0;
    const WebPDecBuffer *buffer = WebPIDecodedArea(pixels->decoder, &left, &top, &width, &height);
    if (!buffer || height <= 0) {
        rectangle->height = 0;
        return status;
    }
    pixels->rows = buffer->u.RGBA.rgba;
    pixels->stride = (size_t)buffer->u.RGBA.stride;
    rectangle->height = (uint32_t)height < rectangle->height ? (uint32_t)height : rectangle->height;
    return status;
}

rec_webp_status rec_webp_decode(
    const uint8_t *bytes, const rec_webp_header *header, bool lenient, rec_webp_rectangle *rectangle,
    rec_webp_pixels **result) {
    *result = NULL;
    rec_webp_pixels *pixels = calloc(1, sizeof *pixels);
    if (!pixels || !WebPInitDecoderConfig(&pixels->config)) {
        free(pixels);
        return REC_WEBP_OUT_OF_MEMORY;
    }
    widen(&rectangle->left, &rectangle->width, header->frame_width);
    widen(&rectangle->top, &rectangle->height, header->frame_height);
    WebPDecoderConfig *config = &pixels->config;
    config->options.use_cropping = 1;
    config->options.crop_left = (int)rectangle->left;
    config->options.crop_top = (int)rectangle->top;
    config->options.crop_width = (int)rectangle->width;
    config->options.crop_height = (int)rectangle->height;
    config->output.colorspace = header->has_alpha ? MODE_RGBA : MODE_RGB;
    *result = pixels;
    if (lenient) {
        return decode_cut(pixels, bytes, header, rectangle);
    }
    VP8StatusCode code = WebPDecode(bytes + header->frame.start, header->frame.size, config);
    pixels->rows = config->output.u.RGBA.rgba;
    pixels->stride = (size_t)config->output.u.RGBA.stride;
    return status_of(code);
}

const uint8_t *rec_webp_rows(const rec_webp_pixels *pixels, size_t *stride) {
    *stride = pixels->stride;
    return pixels->rows;
}

void rec_webp_free(rec_webp_pixels *pixels) {
    if (!pixels) {
        return;
    }
    if (pixels->decoder) {
        WebPIDelete(pixels->decoder);
    }
    WebPFreeDecBuffer(&pixels->config.output);
    free(pixels);
}
#endif
