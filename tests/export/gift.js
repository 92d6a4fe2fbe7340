// Reads GIFT with gift-pegjs: text on standard input, the questions as JSON on standard output.
const { parse } = require(process.argv[2]);
let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (piece) => { text += piece; });
process.stdin.on("end", () => { process.stdout.write(JSON.stringify(parse(text))); });
