// Makes one module of the packages that tell how good a password is, for js/password-strength.js. Called by the build.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const [packages, to] = process.argv.slice(2);

/** As a package comes for pages without modules: it adds itself to a global object, which here is one of its own. @param {string} name */
const part = (name) => `(function () {
${readFileSync(`${packages}/${name}/dist/zxcvbn-ts.js`, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "")}
}).call(global);`;

mkdirSync(dirname(to), { recursive: true });
writeFileSync(
  to,
  `const global = {};
${part("core")}
${part("language-common")}
const { core, "language-common": common } = global.zxcvbnts;
export const ZxcvbnFactory = core.ZxcvbnFactory;
export const options = { dictionary: common.dictionary, graphs: common.adjacencyGraphs };
`,
);
