// Starts the page.
const rows = readRows();
followSlider(rows, followPointer(rows));
