#!/usr/bin/env bash
# Measures every algorithm on the 3x3 layers of ResNet50 and VGG16, one thread, and writes the table that the cost model
# is tested against. For an idle machine; a few minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
swift run -c release convolution-times Tests/RecNetworkTests/Fixtures/Execution/ConvolutionTimes.json
