// Builds ../assets from these sources: `npm ci && npm run build`. The same sources and lock file give the same bytes.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "..", "assets");
const modules = join(here, "node_modules");
const require = createRequire(import.meta.url);

const result = await build({
  entryPoints: [join(here, "src", "main.js")],
  outfile: join(assets, "lab.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  absWorkingDir: here,
});

// What Solara's own page asks for, at the addresses it asks for it. Icons and fonts are not used, so their sheet is empty.
const shell = "@widgetti/solara-vuetify-app";
const version = JSON.parse(readFileSync(join(modules, shell, "package.json"))).version;
const cdn = join(assets, "cdn");
const dist = join(cdn, `${shell}@${version}`, "dist");
mkdirSync(dist, { recursive: true });
for (const name of ["solara-vuetify-app8.min.js", "solara-vuetify-app8.min.js.LICENSE.txt", "main8.css"]) {
  copyFileSync(join(modules, shell, "dist", name), join(dist, name));
}
writeFileSync(join(dist, "fonts.css"), "/* no icon fonts: the laboratory draws its own */\n");
const loader = JSON.parse(readFileSync(join(modules, "requirejs", "package.json"))).version;
mkdirSync(join(cdn, `requirejs@${loader}`), { recursive: true });
copyFileSync(join(modules, "requirejs", "require.js"), join(cdn, `requirejs@${loader}`, "require.js"));

const font = "@fontsource-variable/inter";
copyFileSync(join(modules, font, "files", "inter-latin-wght-normal.woff2"), join(assets, "inter-latin-wght-normal.woff2"));
copyFileSync(join(modules, font, "LICENSE"), join(assets, "inter-LICENSE.txt"));

const packages = new Set([shell, "requirejs", font]);
for (const input of Object.keys(result.metafile.inputs)) {
  const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const lines = [...packages].sort().map((name) => {
  const about = JSON.parse(readFileSync(require.resolve(join(modules, name, "package.json"))));
  return `${name} ${about.version}: ${about.license}`;
});
writeFileSync(
  join(assets, "LICENSES.txt"),
  ["Packages whose code is in this folder, with version and licence. Texts: beside the files, or in the packages.", "", ...lines, ""].join("\n"),
);

