// Runs the script of verify.html outside a browser: packs come as JSON lines {file name: base64} on standard input, one
// answer a line goes out. Only WebCrypto and the text coders, which browsers have too, are used.
"use strict";
const fs = require("fs");
const readline = require("readline");
const page = fs.readFileSync(process.argv[2], "utf8");
const script = /<script>\n([\s\S]*?)<\/script>/.exec(page)[1];
const verifyPack = new Function("crypto", `${script}; return verifyPack;`)(globalThis.crypto || require("crypto").webcrypto);
(async () => {
  for await (const line of readline.createInterface({input: process.stdin})) {
    const files = new Map(Object.entries(JSON.parse(line)).map(([name, data]) => [name, new Uint8Array(Buffer.from(data, "base64"))]));
    process.stdout.write(`${JSON.stringify(await verifyPack(files))}\n`);
  }
})();
