#pragma once
#include "failure.h"

/// The bytes of a file with arithmetic code, which are handed out in pieces; see padding.c.
typedef struct {
    /// The bytes that were not handed out; NULL when the file is handed out as a whole.
    const JOCTET *rest;
    const JOCTET *end;
    /// Whether zeros come before the rest.
    bool is_due;
    /// Whether zeros were handed out, and the scan that they end did not leave any of them.
    bool is_used_up;
    /// Whether a scan used up all of its zeros.
    bool ran_out;
} rec_jpeg_padding;

struct rec_jpeg_reader {
    struct jpeg_decompress_struct decompressor;
    rec_jpeg_failure failure;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    rec_jpeg_padding padding;
    const JOCTET *bytes;
    size_t count;
    int maximum_scans;
    /// The components, a bit each, that the scans until now have.
    unsigned components_seen;
    /// The components of a sequential scan whose code ran out in the last row of blocks.
    unsigned components_run_out;
    /// One row as the library gives it, when that is not RGB.
    JSAMPARRAY row;
    /// Where rows go that nobody wants.
    JSAMPARRAY discarded;
};

/// Prepares to hand out the code of the scans with zeros after it; call it at the start of the first scan.
void rec_jpeg_padding_start(rec_jpeg_reader *reader);

/// Hands out the next piece; false when there is none.
bool rec_jpeg_padding_next(rec_jpeg_reader *reader);

/// Takes note that bytes were passed over in front of a marker; true when these were zeros of ours.
bool rec_jpeg_padding_left(rec_jpeg_reader *reader);

/// Whether the code of a scan was cut off.
bool rec_jpeg_padding_ran_out(rec_jpeg_reader *reader);

/// The components of the present scan, a bit each.
unsigned rec_jpeg_components_of_scan(j_decompress_ptr decompressor);

/// What the scans of a picture lack, when all were read; NULL when nothing.
const char *rec_jpeg_missing_scan(const rec_jpeg_reader *reader);

/// Whether the last block of all `components` is as the library leaves blocks that it has no code for.
///
/// Decodes the picture once more, in memory for one row of blocks.
bool rec_jpeg_last_blocks_are_lost(const rec_jpeg_reader *reader, unsigned components);
