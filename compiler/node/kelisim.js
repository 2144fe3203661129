#!/usr/bin/env node
// The program `kelisim` of the npm package: the very program that runs natively, compiled to WebAssembly. This lends it its module,
// which lies beside it, and its arguments; it must not decide anything.

import { readFileSync } from "node:fs";
import { initSync, program } from "kelisim/program";

initSync({ module: readFileSync(new URL("./kelisim.wasm", import.meta.url)) });
process.exitCode = program(process.argv.slice(2));
