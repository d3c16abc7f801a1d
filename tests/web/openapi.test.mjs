// The description of the API held against OpenAPI, and what the API answers against its description.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { archive, cli, serve } from "./served.mjs";

let kept, server, document;

before(async () => {
  kept = archive();
  cli(kept.dir, "saved", "add", "barrier", "barrier", "--tag", "coast");
  cli(kept.dir, "saved", "run", "barrier");
  server = await serve(kept.dir);
  document = await (await fetch(`${server.address}/openapi.json`)).json();
});

after(() => {
  server?.stop();
  kept?.remove();
});

test("the description of the API is OpenAPI", async () => {
  const { valid, errors } = await new Validator().validate(document);
  assert.ok(valid, JSON.stringify(errors, null, 1));
  assert.ok(Object.keys(document.paths).length >= 18);
});

/// What is asked at each address: at every one with the parameters it must have, at some with more.
const asked = () => {
  const hits = (command) => cli(kept.dir, command, "*", "--json", "-n", "all").stdout.trim().split("\n").map((line) => JSON.parse(line));
  const copy = encodeURIComponent(hits("search").find((hit) => hit.copies > 0).id);
  const quote = encodeURIComponent(hits("quotes").find((hit) => hit.copies > 0).id);
  return {
    "/api/v1/search": ["?q=barrier&facets=speaker,place&timeline=month&n=30", "?q=*&collapse=story", "?q=nosuchword", "?q=barrier+nosuchword+council"],
    "/api/v1/quotes": ["?q=*&n=200", "?q=barrier&facets=speaker"],
    "/api/v1/facets": ["?by=speaker", "?by=place,year", "?by=speaker,qtype&what=quotes"],
    "/api/v1/timeline": ["", "?per=week&what=quotes"],
    "/api/v1/kwic": ["?q=barrier"],
    "/api/v1/similar/{id}": [copy],
    "/api/v1/clusters/{id}": [copy, quote],
    "/api/v1/compare": ["?a=barrier&b=ferry"],
    "/api/v1/articles/{id}": hits("search").map((hit) => encodeURIComponent(hit.id)),
    "/api/v1/people/{name}": ["okafor"],
    "/api/v1/saved/{name}/run": ["barrier"],
    "/api/v1/saved/{name}/diff": ["barrier"],
    "/api/v1/query/explain": ["?q=flood+AND+dam*"],
  };
};

test("what the API answers is as it is described", async () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  // Formats of numbers that OpenAPI knows and JSON Schema leaves open.
  for (const format of ["uint", "uint8", "uint16", "uint32", "uint64", "int64", "float", "double"]) ajv.addFormat(format, true);
  ajv.addSchema({ $id: "morgue", components: document.components });
  const lifted = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"morgue#/components'));
  const questions = asked();
  let answers = 0;
  for (const [path, { get }] of Object.entries(document.paths)) {
    const described = get.responses[200].content;
    if (described["application/atom+xml"]) continue;
    const check = ajv.compile(lifted(described["application/json"].schema));
    for (const more of questions[path] ?? [""]) {
      const address = path.includes("{") ? path.replace(/\{\w+\}/, more) : path + more;
      const answer = await fetch(server.address + address);
      assert.equal(answer.status, 200, address);
      const json = await answer.json();
      assert.ok(check(json), `${address}: ${JSON.stringify(check.errors?.slice(0, 5), null, 1)}`);
      answers++;
    }
    // A parameter that is not described is refused, as JSON of the shape that is described.
    const refused = await fetch(`${server.address}${path.replace(/\{\w+\}/, "x")}?nosuch=1`);
    assert.equal(refused.status, 400, path);
    assert.ok(ajv.compile(lifted(get.responses[400].content["application/json"].schema))(await refused.json()), path);
  }
  assert.ok(answers > 80, `${answers} answers`);
});
