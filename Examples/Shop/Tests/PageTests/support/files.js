"use strict";
const fs = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "../../../Sources/ShopServer/Page");

// The functions and constants of script files of the page, which are read as they lie in the source tree.
exports.functionsOf = (...names) => {
  const text = names.map((name) => fs.readFileSync(path.join(folder, name), "utf8")).join("\n");
  const functions = [...text.matchAll(/^(?:const|class) (\w+)/gm)].map((match) => match[1]);
  return new Function(`"use strict";\n${text}\nreturn { ${functions.join(", ")} };`)();
};

exports.names = () => fs.readdirSync(folder);
exports.textOf = (name) => fs.readFileSync(path.join(folder, name), "utf8");
