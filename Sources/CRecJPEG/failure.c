#include "failure.h"

#include <jerror.h>
#include <string.h>

/// The status that stands for a fatal error of libjpeg.
static rec_jpeg_status status_of(int code) {
    switch (code) {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
        return REC_JPEG_UNSUPPORTED;
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW:
        return REC_JPEG_TOO_LARGE;
    case JERR_NO_BACKING_STORE:
    case JERR_OUT_OF_MEMORY:
        return REC_JPEG_OUT_OF_MEMORY;
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JERR_CANT_SUSPEND:
        return REC_JPEG_TRUNCATED;
    default:
        return REC_JPEG_CORRUPT;
    }
}

static void error_exit(j_common_ptr common) {
    rec_jpeg_failure *failure = (rec_jpeg_failure *)common->err;
    failure->status = status_of(common->err->msg_code);
    common->err->format_message(common, failure->message);
    longjmp(failure->escape, 1);
}

/// Sorts warnings: most are remarks about sloppy writers, and the picture is whole; some mean that data is missing.
static void emit_message(j_common_ptr common, int level) {
    if (level >= 0) {
        return;
    }
    rec_jpeg_failure *failure = (rec_jpeg_failure *)common->err;
    if (failure->passes && failure->passes((j_decompress_ptr)common, common->err->msg_code)) {
        return;
    }
    rec_jpeg_status status;
    switch (common->err->msg_code) {
    case JWRN_HIT_MARKER:
        // The scan's data ran out. Before EOI the writer or a careless cut ended the file; another marker is damage.
        status = common->is_decompressor && ((j_decompress_ptr)common)->unread_marker == JPEG_EOI ? REC_JPEG_TRUNCATED
                                                                                                  : REC_JPEG_CORRUPT;
        break;
    case JWRN_JPEG_EOF:
        status = REC_JPEG_TRUNCATED;
        break;
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
        status = REC_JPEG_CORRUPT;
        break;
    default:
        return;
    }
    char message[JMSG_LENGTH_MAX];
    common->err->format_message(common, message);
    rec_jpeg_damage(failure, status, message);
}

static void output_message(j_common_ptr common) { (void)common; }

struct jpeg_error_mgr *rec_jpeg_failure_install(rec_jpeg_failure *failure, bool lenient) {
    memset(failure, 0, sizeof *failure);
    failure->lenient = lenient;
    struct jpeg_error_mgr *manager = jpeg_std_error(&failure->manager);
    manager->error_exit = error_exit;
    manager->emit_message = emit_message;
    manager->output_message = output_message;
    return manager;
}

void rec_jpeg_damage(rec_jpeg_failure *failure, rec_jpeg_status status, const char *message) {
    if (failure->damage_count++ == 0) {
        snprintf(failure->message, sizeof failure->message, "%s", message);
    }
    if (!failure->lenient) {
        failure->status = status;
        longjmp(failure->escape, 1);
    }
}

void rec_jpeg_fail(rec_jpeg_failure *failure, rec_jpeg_status status, const char *message) {
    failure->status = status;
    snprintf(failure->message, sizeof failure->message, "%s", message);
    longjmp(failure->escape, 1);
}
