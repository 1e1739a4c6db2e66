#!/usr/bin/env bash
# Measures every algorithm on the 3x3 layers of ResNet50 and VGG16, one thread, and writes the table that the cost model
# is tested against. For an idle machine; a few minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
table=Tests/RecNetworkTests/Fixtures/Execution/ConvolutionTimes.json
mkdir -p "$(dirname "$table")"
REC_MEASURE_CONVOLUTIONS="$PWD/$table" swift test --disable-xctest -c release \
    --disable-testable-imports --filter CostModelTests/measure
