// A stand-in for the server while the candidate's pages are built and looked at. Development only: nothing of it is
// in the build. Keeps everything in memory; `POST /dev` changes it. Serves dist/ under the strict content policy too.
//   node dev/mock-server.mjs [port]
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { createGzip } from "node:zlib";
import { accounts, paper, review } from "./mock-data.mjs";

const port = Number(process.argv[2] ?? 8090);
const dist = resolve(import.meta.dirname, "../dist");
const MINUTE_MS = 60_000;
const at = (ms) => new Date(ms).toISOString().replace("Z", "000Z");

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

let world;
function reset(change = {}) {
  const now = Date.now();
  world = {
    busy: false,
    signedIn: null,
    attempt: {
      id: paper.attempt_id,
      state: "ready",
      version: 1,
      title: "Natural Sciences: Final Examination",
      candidate_name: "Lin Xiaoyu",
      sitting_id: "0198a000-0000-7000-8000-000000000002",
      time_zone: "Asia/Shanghai",
      opens: now - MINUTE_MS,
      duration_seconds: 90 * 60,
      extra_seconds: 0,
      started: null,
      pausedAt: null,
      submitted: null,
      lease_no: 0,
      device: null,
      instructions_html: "<p>You may use the formula sheet. Calculators aren't needed.</p>",
      practice: false,
    },
    journal: new Map(),
  };
  Object.assign(world.attempt, change.attempt);
}
reset();

function view() {
  const a = world.attempt;
  const deadline =
    a.started === null ? null : a.started + (a.duration_seconds + a.extra_seconds) * 1_000;
  const GRACE_MS = 10_000;
  return {
    id: a.id,
    state: a.state,
    closed: deadline !== null && Date.now() > deadline + GRACE_MS,
    version: a.version,
    title: a.title,
    candidate_name: a.candidate_name,
    sitting_id: a.sitting_id,
    time_zone: a.time_zone,
    server_time: at(Date.now()),
    opens_at: at(a.opens),
    starts_at: at(a.opens),
    entry_closes_at: at(a.opens + 30 * MINUTE_MS),
    window_ends_at: at(a.opens + 240 * MINUTE_MS),
    duration_seconds: a.duration_seconds,
    extra_seconds: a.extra_seconds,
    accommodation_seconds: 0,
    credits: [],
    paused_at: null,
    sitting_paused: false,
    paused_seconds: 0,
    told_version: 0,
    takeover: "candidate",
    may_move: false,
    started_at: a.started && at(a.started),
    deadline: deadline && at(deadline),
    submitted_at: a.submitted && at(a.submitted),
    lease_no: a.lease_no,
    question_count: paper.questions.length,
    instructions_html: a.instructions_html,
    practice: a.practice,
  };
}

const problem = (status, code, detail, more = {}) => ({
  status,
  body: { status, code, detail, ...more },
});
const ok = (body) => ({ status: 200, body });
const account = () =>
  world.signedIn && { access_token: "mock", expires_in_seconds: 900, account: world.signedIn };
const admission = () => ({
  ticket: "mock-ticket",
  attempt_id: paper.attempt_id,
  sitting_id: world.attempt.sitting_id,
  candidate_name: world.attempt.candidate_name,
  expires_at: at(Date.now() + 86_400_000),
});

function signOut() {
  world.signedIn = null;
  return { status: 204 };
}
function changeWorld(body) {
  if (body.reset) reset(body.change);
  else {
    Object.assign(world, body.world);
    Object.assign(world.attempt, body.attempt);
    world.attempt.version += 1;
  }
  return ok(view());
}
function openAttempt(deviceId) {
  const a = world.attempt;
  if (a.device !== deviceId) {
    a.device = deviceId;
    a.lease_no += 1;
    a.version += 1;
  }
  return ok({ lease_no: a.lease_no, attempt: view() });
}

const routes = [
  ["POST", /^\/dev$/, (_, body) => changeWorld(body)],
  [
    "POST",
    /^\/api\/v1\/auth\/login$/,
    (_, body) => {
      world.signedIn = accounts.find(({ username }) => username === body.username) ?? null;
      return world.signedIn && body.password !== "wrong"
        ? ok(account())
        : problem(401, "auth.wrong_credentials", "wrong");
    },
  ],
  [
    "POST",
    /^\/api\/v1\/auth\/refresh$/,
    () => (world.signedIn ? ok(account()) : problem(401, "auth.session_ended", "ended")),
  ],
  ["POST", /^\/api\/v1\/auth\/logout$/, () => signOut()],
  ["GET", /^\/api\/v1\/auth\/me$/, () => ok(world.signedIn)],
  [
    "POST",
    /^\/api\/v1\/auth\/check-in$/,
    (_, body) =>
      body.code === "wrong" ? problem(401, "auth.code_unknown", "wrong") : ok(admission()),
  ],
  ["POST", /^\/api\/v1\/auth\/me\/admissions\/([^/]+)\/ticket$/, () => ok(admission())],
  [
    "GET",
    /^\/api\/v1\/exams\/me\/attempts$/,
    () => {
      const {
        state,
        opens_at,
        entry_closes_at,
        window_ends_at,
        duration_seconds,
        title,
        sitting_id,
      } = view();
      const base = {
        closed: false,
        deferred: false,
        cancelled: false,
        practice: false,
        time_zone: "Asia/Shanghai",
        extra_seconds: 0,
        deadline: null,
        score: null,
        points_max: null,
        sitting_id,
        opens_at,
        entry_closes_at,
        window_ends_at,
        duration_seconds,
      };
      const later = (days) => ({
        opens_at: at(Date.now() + days * 86_400_000),
        entry_closes_at: at(Date.now() + days * 86_400_000 + 30 * MINUTE_MS),
        window_ends_at: at(Date.now() + days * 86_400_000 + 120 * MINUTE_MS),
      });
      return ok({
        items: [
          { ...base, attempt_id: paper.attempt_id, title, state, released: false },
          {
            ...base,
            ...later(2),
            attempt_id: "0198a000-0000-7000-8000-0000000000a1",
            title: "大学语文（期末）",
            state: "scheduled",
            released: false,
          },
          {
            ...base,
            ...later(-20),
            attempt_id: "0198a000-0000-7000-8000-0000000000a2",
            title: "Linear Algebra I",
            state: "submitted",
            released: true,
            score: 41.5,
            points_max: 50,
          },
          {
            ...base,
            ...later(-6),
            attempt_id: "0198a000-0000-7000-8000-0000000000a3",
            title: "Academic English",
            state: "submitted",
            released: false,
          },
        ],
        next: null,
      });
    },
  ],
  ["GET", /^\/api\/v1\/exams\/attempts\/([^/]+)$/, () => ok(view())],
  ["POST", /^\/api\/v1\/exams\/attempts\/([^/]+)\/open$/, (_, body) => openAttempt(body.device_id)],
  [
    "POST",
    /^\/api\/v1\/exams\/attempts\/([^/]+)\/start$/,
    () => {
      const a = world.attempt;
      if (Date.now() < a.opens) return problem(409, "exam.not_open_yet", "not yet");
      if (a.started === null)
        Object.assign(a, { started: Date.now(), state: "in_progress", version: a.version + 1 });
      return ok({ attempt: view(), paper });
    },
  ],
  ["GET", /^\/api\/v1\/exams\/attempts\/([^/]+)\/paper$/, () => ok(paper)],
  [
    "GET",
    /^\/api\/v1\/exams\/attempts\/([^/]+)\/responses$/,
    () => {
      const latest = new Map();
      for (const entry of [...world.journal.values()].sort(
        (x, y) => x.lease_no - y.lease_no || x.seq - y.seq,
      ))
        latest.set(entry.question_id, entry);
      return ok({ responses: [...latest.values()] });
    },
  ],
  [
    "PUT",
    /^\/api\/v1\/exams\/attempts\/([^/]+)\/responses$/,
    (_, body) => {
      if (world.busy)
        return problem(503, "exam.save_unavailable", "The disk is full.", {
          retry_after_seconds: 5,
        });
      if (body.lease_no !== world.attempt.lease_no)
        return problem(409, "exam.lease_stale", "stale");
      const { closed } = view();
      for (const { seq, question_id, response } of body.entries)
        world.journal.set(`${body.lease_no}/${seq}`, {
          question_id,
          lease_no: body.lease_no,
          seq,
          response,
        });
      return ok({
        attempt: view(),
        receipts: body.entries.map(({ seq, question_id }) => ({
          seq,
          question_id,
          status: closed ? "late" : "taken",
          received_at: at(Date.now()),
          leaf_hash: "0".repeat(64),
        })),
      });
    },
  ],
  [
    "POST",
    /^\/api\/v1\/exams\/attempts\/([^/]+)\/submit$/,
    () => {
      Object.assign(world.attempt, {
        state: "submitted",
        submitted: Date.now(),
        version: world.attempt.version + 1,
      });
      return ok({ attempt: view() });
    },
  ],
  [
    "POST",
    /^\/api\/v1\/exams\/attempts\/([^/]+)\/files$/,
    () => ok({ id: "0198a000-0000-7000-8000-0000000000f1", name: "sketch.pdf", bytes: 182_345 }),
  ],
  ["GET", /^\/api\/v1\/exams\/attempts\/([^/]+)\/review$/, () => ok(review(view()))],
];

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://mock");
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks).toString();
  for (const [method, pattern, act] of routes) {
    const match = request.method === method && pathname.match(pattern);
    if (!match) continue;
    const json =
      request.headers["content-type"]?.includes("json") && raw !== "" ? JSON.parse(raw) : {};
    const { status, body } = act(match, json);
    response.writeHead(status, {
      "Content-Type": status >= 400 ? "application/problem+json" : "application/json",
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
    return;
  }
  if (pathname.startsWith("/api/")) {
    response.writeHead(404, { "Content-Type": "application/problem+json" });
    response.end(
      JSON.stringify({
        status: 404,
        code: "http.not_found",
        detail: `The mock has no ${request.method} ${pathname}.`,
      }),
    );
    return;
  }
  const wanted = join(dist, normalize(pathname));
  const file =
    wanted.startsWith(dist) && extname(wanted) !== "" && existsSync(wanted)
      ? wanted
      : join(dist, "index.html");
  response.writeHead(200, {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Content-Security-Policy": POLICY,
    "Content-Encoding": "gzip",
    "Cache-Control": file.includes("/assets/") ? "max-age=31536000, immutable" : "no-cache",
  });
  createReadStream(file).pipe(createGzip()).pipe(response);
}).listen(port, "127.0.0.1", () => console.log(`mock on http://127.0.0.1:${port}`));
