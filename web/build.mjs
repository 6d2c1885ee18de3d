// Bundles the reader and the explorables: `node build.mjs OUT [--development]`.
import * as esbuild from "esbuild";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
const development = process.argv.includes("--development");

const common = {
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: !development,
  sourcemap: development ? "inline" : false,
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: here,
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
};

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "explorables"), { recursive: true });
await cp(join(here, "reader/icon.svg"), join(out, "icon.svg"));
await esbuild.build({
  ...common,
  entryPoints: { reader: "reader/index.ts" },
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "fonts/[name]",
  outdir: out,
  alias: { path: "path-browserify" }, // @jupyterlab/coreutils joins URLs with it
});
await esbuild.build({ ...common, entryPoints: { reader: "reader/styles/index.css" }, assetNames: "fonts/[name]", outdir: out });

// The worker stands alone: a page that never asks for a verdict never loads it. Python itself lies in the site's `runtime/`.
const forNode = ["node:*", "ws"];
await esbuild.build({ ...common, entryPoints: { "proof-worker": "proof/worker.ts" }, external: forNode, outdir: out });
await esbuild.build({ ...common, entryPoints: { proof: "proof/proof.css", "derivation-box": "proof/box.ts" }, outdir: out });

const slugs = (await readdir(join(here, "explorables"), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && existsSync(join(here, "explorables", entry.name, "index.ts")))
  .map((entry) => entry.name)
  .sort();
if (slugs.length > 0) {
  const entryPoints = Object.fromEntries(slugs.map((slug) => [slug, `explorables/${slug}/index.ts`]));
  await esbuild.build({ ...common, entryPoints, outdir: join(out, "explorables") });
}
for (const slug of slugs) {
  await cp(join(here, "explorables", slug, "meta.json"), join(out, "explorables", `${slug}.json`));
}
await writeFile(join(out, "explorables", "index.json"), JSON.stringify(slugs));
