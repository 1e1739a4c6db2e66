#pragma once
#include "failure.h"

/// How far a file with arithmetic code has been handed out: the code of a scan (or up to a restart), then zeros, then
/// the next code. See padding.c.
typedef struct {
    /// The bytes of the file that are still to be handed out; NULL when the file is handed out as a whole.
    const JOCTET *rest;
    const JOCTET *end;
    /// Whether zeros come next, before `rest`.
    bool is_due;
    /// Whether the decoder has not yet skipped any of the zeros that it got last.
    bool is_used_up;
    /// Whether the decoder took all zeros after some code, so that this code was cut off.
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
    /// The components, a bit each, that have been in a scan so far.
    unsigned components_seen;
    /// The components, a bit each, of sequential scans whose code ran out in the last row of blocks.
    unsigned components_run_out;
    /// One row in the library's colours, when these are not RGB.
    JSAMPARRAY row;
    /// Memory for rows that are passed over.
    JSAMPARRAY discarded;
};

/// From here on, zeros follow the code of each scan; call it at the start of the first scan.
void rec_jpeg_padding_start(rec_jpeg_reader *reader);

/// Hands out the next piece; false when there is none.
bool rec_jpeg_padding_next(rec_jpeg_reader *reader);

/// Notes that the decoder skipped bytes before a marker; true when these were zeros of the padding, not of the file.
bool rec_jpeg_padding_note_skipped(rec_jpeg_reader *reader);

/// Whether the code of some scan was cut off; call it after the last scan.
bool rec_jpeg_padding_ran_out(const rec_jpeg_reader *reader);

/// The components of the present scan, a bit each.
unsigned rec_jpeg_components_of_scan(j_decompress_ptr decompressor);

/// Words for what the scans of a picture lack, after all were read; NULL when they are complete.
const char *rec_jpeg_missing_scan(const rec_jpeg_reader *reader);

/// Whether the last block of each of `components` is what the library makes of a block without code: medium gray.
///
/// Decodes the whole picture once more; one row of blocks is in memory.
bool rec_jpeg_last_blocks_are_lost(const rec_jpeg_reader *reader, unsigned components);
