// Makes the list that CommonPasswords.cs reads of the passwords that are used most. Called by the build.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dictionary } from "@zxcvbn-ts/language-common";

/** Shorter ones are refused as they are; see NewPassword.cs. */
const SHORTEST = 8;

const words = dictionary["passwords-common"]
  .map((word) => word.toLowerCase())
  .filter((word) => word.length >= SHORTEST);
const sums = [...new Set(words)].map((word) => createHash("sha256").update(word, "utf8").digest().subarray(0, 8));
if (sums.length < 10000) throw new Error(`Only ${sums.length} passwords were found.`);
writeFileSync(process.argv[2], Buffer.concat(sums.sort(Buffer.compare)));
