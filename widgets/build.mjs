// Bundles every ts/<stem>.ts into dezero_widgets/static/<stem>.js: one self-contained ES module per widget.
//   node build.mjs             write all bundles        node build.mjs step_player ...   only these
//   node build.mjs --check     compare with the committed bytes, write nothing, exit 1 when they differ
import { build } from "esbuild";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "dezero_widgets", "static");
const args = process.argv.slice(2);
const check = args.includes("--check");
const chosen = args.filter((a) => !a.startsWith("--"));

const stems = (await readdir(join(here, "ts")))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => name.slice(0, -3))
  .filter((stem) => chosen.length === 0 || chosen.includes(stem))
  .sort();

await mkdir(out, { recursive: true });
let stale = 0;
for (const stem of stems) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [`ts/${stem}.ts`],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    minify: false,
    treeShaking: true,
    logLevel: "warning",
  });
  const text = result.outputFiles[0].text.replaceAll("\r\n", "\n");
  const path = join(out, `${stem}.js`);
  const before = await readFile(path, "utf8").catch(() => null);
  const kb = (Buffer.byteLength(text) / 1000).toFixed(1);
  if (check) {
    if (before?.replaceAll("\r\n", "\n") !== text) {
      stale += 1;
      console.error(`${stem}.js is not what ts/${stem}.ts builds: run "npm run build" and commit the result`);
    }
  } else if (before !== text) {
    await writeFile(path, text);
    console.log(`${stem}.js ${kb} kB`);
  } else {
    console.log(`${stem}.js ${kb} kB, unchanged`);
  }
}
if (stale > 0) process.exit(1);
if (check) console.log(`${stems.length} bundles match their sources`);
