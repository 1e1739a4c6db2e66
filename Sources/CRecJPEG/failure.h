#pragma once
#include "include/CRecJPEG.h"

#include <stdio.h>
// jpeglib.h uses FILE and size_t without declaring them.
#include <jpeglib.h>
#include <setjmp.h>

/// libjpeg's error manager, and where to jump to. `manager` is first: libjpeg hands back its address.
typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    rec_jpeg_status status;
    bool lenient;
    long damage_count;
    /// Looks at a warning of a decompressor first; true when it means no damage, or none yet. May be NULL.
    bool (*passes)(j_decompress_ptr decompressor, int code);
    char message[JMSG_LENGTH_MAX];
} rec_jpeg_failure;

/// Fills the manager in: errors jump to `escape`, nothing is printed.
struct jpeg_error_mgr *rec_jpeg_failure_install(rec_jpeg_failure *failure, bool lenient);

/// Counts a fault; ends the present call unless the reader is lenient.
void rec_jpeg_damage(rec_jpeg_failure *failure, rec_jpeg_status status, const char *message);

/// Ends the present call with a status that libjpeg has no error for.
_Noreturn void rec_jpeg_fail(rec_jpeg_failure *failure, rec_jpeg_status status, const char *message);
