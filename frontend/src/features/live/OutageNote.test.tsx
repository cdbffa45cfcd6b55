import { useQuery } from "@tanstack/react-query";
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { outagesQuery } from "@/shared/api/listOutages";
import type { Outage } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { OutageNote } from "./OutageNote";

const now = Date.now();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const sitting = sittingFor({ opens_at: at(-30), entry_closes_at: at(30), window_ends_at: at(120) });
const path = `*/api/v1/exams/sittings/${sitting.id}/outages`;

const outage = (change: Partial<Outage>): Outage => ({
  id: "outage-1",
  from: at(-4),
  until: at(-2),
  seconds: 120,
  decision: "credited",
  attempts: 28,
  noted_at: at(-2),
  ...change,
});

/** When the server took no answers. */
let outages: Outage[];
/** What was asked to be given back, and why. */
let credited: unknown[];

beforeAll(() => loadTexts("live", "staff"));
beforeEach(() => {
  signInAs("officer");
  outages = [];
  credited = [];
  server.use(
    http.get(path, () => HttpResponse.json({ outages })),
    http.post(`${path}/:outage/credit`, async ({ request, params }) => {
      credited.push([params["outage"], await request.json()]);
      outages = [outage({})];
      return HttpResponse.json(outages[0]);
    }),
  );
});

/** Says so once the outages are known: silence before that says nothing. */
function Known() {
  const known = useQuery(outagesQuery(sitting.id)).data;
  return known && <p>{known.length} known</p>;
}

const draw = () => renderPage(<OutageNote sitting={sitting} />);

it("says who got the time back, until it is read", async () => {
  outages = [outage({})];
  const { user } = draw();
  const title = await screen.findByText(/^The server took no answers from .*: 28 candidates got/);
  expect(screen.getByText(/^It was 2 minutes/)).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Got it" }));
  expect(title).not.toBeInTheDocument();
});

it("leads to giving back at a press, with its reason, what the sitting doesn't give back itself", async () => {
  outages = [outage({ decision: "too_long", seconds: 7_200, attempts: 0 })];
  const { user } = draw();
  expect(await screen.findByText(/, and nobody got the time back$/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Give the time back…" }));
  const dialog = within(await screen.findByRole("dialog"));
  await expectAccessible();
  await user.click(dialog.getByLabelText("Reason"));
  await user.paste("The switch had died");
  await user.click(dialog.getByRole("button", { name: "Give 2 hours back" }));
  expect(await screen.findByText("28 candidates have more time.")).toBeVisible();
  expect(credited).toEqual([["outage-1", { reason: "The switch had died" }]]);
  expect(await screen.findByText(/: 28 candidates got the time back$/)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("of an outage of long ago is silent: the sitting's page has it", async () => {
  outages = [outage({ until: at(-90) })];
  renderPage(
    <>
      <OutageNote sitting={sitting} />
      <Known />
    </>,
  );
  expect(await screen.findByText("1 known")).toBeVisible();
  expect(screen.queryByText(/took no answers/)).toBeNull();
});
