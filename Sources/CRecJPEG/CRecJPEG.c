#include "CRecJPEG.h"
typedef int rec_jpeg_placeholder;
