// Contract: see reader.h.
//
// Arithmetic code may end early by rule: the writer drops zero bytes at its end, and a decoder that meets a marker goes
// on with zeros (ITU-T T.81, D.1.8). libjpeg does not say how many it added, so code that was cut off looks like code
// that ends in zeros. Here a fixed number of zeros is handed out before the marker: whole code takes a few of them and
// the decoder skips the others, code that was cut off takes all.
#include "reader.h"

#include <string.h>

/// More zeros than a writer drops: 81 million white pixels took 22.
static const JOCTET zeros[40];

/// The place of the marker that ends the code at `byte`; `end` when there is none.
static const JOCTET *end_of_code(const JOCTET *byte, const JOCTET *end) {
    while (byte < end && (byte = memchr(byte, 0xFF, (size_t)(end - byte)))) {
        if (end - byte < 2) {
            return end;
        }
        if (byte[1] != 0 && byte[1] != 0xFF) {
            return byte;
        }
        byte += byte[1] == 0 ? 2 : 1;
    }
    return end;
}

/// The end of the next code from the marker at `byte` on, behind any segments in between; `end` when there is none.
static const JOCTET *end_of_next_code(const JOCTET *byte, const JOCTET *end) {
    while (end - byte >= 4) {
        if (byte[0] != 0xFF || byte[1] == 0 || byte[1] == 0xFF) {
            byte++;
            continue;
        }
        JOCTET marker = byte[1];
        byte += 2;
        if (marker >= JPEG_RST0 && marker <= JPEG_RST0 + 7) {
            return end_of_code(byte, end);
        }
        if (marker == JPEG_EOI) {
            return end;
        }
        ptrdiff_t length = byte[0] << 8 | byte[1];
        if (length > end - byte) {
            return end;
        }
        byte += length;
        if (marker == 0xDA) {
            return end_of_code(byte, end);
        }
    }
    return end;
}

void rec_jpeg_padding_start(rec_jpeg_reader *reader) {
    rec_jpeg_padding *padding = &reader->padding;
    const JOCTET *start = reader->source.next_input_byte;
    padding->end = start + reader->source.bytes_in_buffer;
    padding->rest = end_of_code(start, padding->end);
    padding->is_due = padding->rest < padding->end;
    reader->source.bytes_in_buffer = (size_t)(padding->rest - start);
}

bool rec_jpeg_padding_next(rec_jpeg_reader *reader) {
    rec_jpeg_padding *padding = &reader->padding;
    if (!padding->rest || padding->rest == padding->end) {
        return false;
    }
    if (padding->is_due) {
        padding->ran_out |= padding->is_used_up;
        padding->is_used_up = true;
        padding->is_due = false;
        reader->source.next_input_byte = zeros;
        reader->source.bytes_in_buffer = sizeof zeros;
        return true;
    }
    const JOCTET *start = padding->rest;
    padding->rest = end_of_next_code(start, padding->end);
    padding->is_due = padding->rest < padding->end;
    reader->source.next_input_byte = start;
    reader->source.bytes_in_buffer = (size_t)(padding->rest - start);
    return true;
}

bool rec_jpeg_padding_note_skipped(rec_jpeg_reader *reader) {
    bool is_ours = reader->padding.is_used_up;
    reader->padding.is_used_up = false;
    return is_ours;
}

bool rec_jpeg_padding_ran_out(const rec_jpeg_reader *reader) {
    return reader->padding.ran_out || reader->padding.is_used_up;
}
