"use strict";
const fs = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "../../../../Sources/rec-demo/Report/Page");

// The functions of script files of the page, which are read as they lie in the source tree.
exports.functionsOf = (...names) => {
  const text = names.map((name) => fs.readFileSync(path.join(folder, name), "utf8")).join("\n");
  const functions = [...text.matchAll(/^const (\w+) =/gm)].map((match) => match[1]);
  return new Function(`"use strict";\n${text}\nreturn { ${functions.join(", ")} };`)();
};
