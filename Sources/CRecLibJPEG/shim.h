#pragma once
// jpeglib.h uses FILE and size_t without declaring them.
#include <stdio.h>
#include <jpeglib.h>
