// The pages of every policy, as a browser shows them: no finding of axe in light and dark, wide and narrow, nothing
// wider than a phone or a sheet of A4, and at least 95 points of Lighthouse for accessibility.

import { execFile, execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const [janji, policies] = process.argv.slice(2);
const browserPath = process.env.CHROME_PATH ?? "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const POINTS = 95;
// A sheet of A4 without its margins, in CSS pixels.
const SHEET = Math.floor(((210 - 30) / 25.4) * 96);
const failures = [];

function fail(page, what) {
  failures.push(`${page}: ${what}`);
  console.log(`FAIL ${page}: ${what}`);
}

/** The pages to look at: each policy in each of its languages, and one reader's own view of each. */
function rendered() {
  const pages = new Map();
  for (const file of readdirSync(policies).filter((name) => name.endsWith(".toml")).sort()) {
    const path = join(policies, file);
    const source = readFileSync(path, "utf8");
    const list = (key) => [...source.match(new RegExp(`^${key}\\s*=\\s*\\[(.*)\\]`, "m"))[1].matchAll(/"([^"]+)"/g)];
    for (const [place, [, language]] of list("languages").entries()) {
      const render = (...more) =>
        execFileSync(janji, ["render", path, "--lang", language, ...more], { encoding: "utf8" });
      const name = `/${file.replace(".toml", "")}-${language}`;
      pages.set(`${name}.html`, render());
      if (place === 0) {
        pages.set(`${name}-view.html`, render("--for", list("people")[0][1], "--whole", `${name}.html`));
      }
    }
  }
  return pages;
}

function serve(pages) {
  const server = createServer((request, response) => {
    const page = pages.get(request.url.split("?")[0]);
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(page ?? "");
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

/** Elements that reach beyond the right edge; what a skip link hides on the left is no matter. */
async function beyond(page, width) {
  return page.evaluate((width) => {
    const found = [];
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.body.querySelectorAll("*")) {
      const { right, width: own } = element.getBoundingClientRect();
      if (own > 0 && right > width + 0.5) found.push(`${element.tagName} ${element.id} ends at ${Math.round(right)}`);
    }
    return found.slice(0, 5);
  }, width);
}

async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 120)}`);
}

async function look(browser, name, address) {
  const shapes = [
    { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
    { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  ];
  for (const shape of shapes) {
    const context = await browser.newContext({ ...shape, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(address);
    const how = `${shape.viewport.width} px, ${shape.colorScheme}`;
    for (const what of await beyond(page, shape.viewport.width)) fail(name, `${how}: ${what}`);
    for (const what of await violations(page)) fail(name, `${how}: ${what}`);
    await context.close();
  }
  const context = await browser.newContext({ viewport: { width: SHEET, height: 1000 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.emulateMedia({ media: "print" });
  for (const what of await beyond(page, SHEET)) fail(name, `on paper: ${what}`);
  const heads = await page.evaluate(() =>
    [...document.querySelectorAll("thead")].every((head) => getComputedStyle(head).display === "table-header-group"));
  if (!heads) fail(name, "on paper: the heads of a table are not repeated");
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: false });
  const sheets = pdf.toString("latin1").match(/\/MediaBox\s*\[0 0 (\d+)/g) ?? [];
  if (sheets.length === 0 || !sheets.every((box) => /0 0 59[456]/.test(box))) fail(name, "on paper: not A4");
  await context.close();
}

/** Lighthouse in a process of its own: each process measures one page at a time. */
async function points(address) {
  const script = createRequire(import.meta.url).resolve("lighthouse/cli/index.js");
  const flags = [
    script, address, "--only-categories=accessibility", "--output=json", "--quiet",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
  ];
  const env = { ...process.env, CHROME_PATH: browserPath };
  const { stdout } = await promisify(execFile)(process.execPath, flags, { maxBuffer: 1 << 26, env });
  return Math.round(JSON.parse(stdout).categories.accessibility.score * 100);
}

const pages = rendered();
const server = await serve(pages);
const at = (name) => `http://127.0.0.1:${server.address().port}${name}`;
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
const left = [...pages.keys()];
const worker = async () => {
  for (let name = left.shift(); name; name = left.shift()) await look(browser, name, at(name));
};
await Promise.all([worker(), worker(), worker()]);
await browser.close();
const measured = [...pages.keys()].filter((name) => !name.includes("-view"));
const measurer = async () => {
  for (let name = measured.shift(); name; name = measured.shift()) {
    const score = await points(at(name)).catch((error) => error.message.slice(-300));
    console.log(`${name}: ${score}`);
    if (!(score >= POINTS)) fail(name, `Lighthouse gives ${score} points for accessibility`);
  }
};
await Promise.all([measurer(), measurer()]);
server.close();
console.log(`${pages.size} pages, ${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);
