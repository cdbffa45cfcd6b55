import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, expect, it } from "vitest";
import type { Stall } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { StallsNote } from "./StallsNote";
import { attempt } from "./testing";

const sitting = sittingFor({});

beforeAll(() => loadTexts("live"));

it("shows the newest of what a candidate's device reports, counts the others, and says that it decides nothing", async () => {
  signInAs("invigilator");
  const at = (minutes: number) =>
    new Date(Date.parse(sitting.opens_at) + minutes * 60_000).toISOString();
  const stalls: Stall[] = [10, 20, 30, 40].map((minutes) => ({
    from: at(minutes),
    until: at(minutes + 2),
    lease_no: 1,
    reported_at: at(minutes + 2),
  }));
  server.use(
    http.get(`*/api/v1/exams/sittings/${sitting.id}/attempts/:attempt/stalls`, () =>
      HttpResponse.json({ stalls }),
    ),
  );
  renderPage(<StallsNote sitting={sitting} row={{ ...attempt({}), need: null }} />);
  const region = await screen.findByRole("region", { name: "What the device reports" });
  const reported = within(region);
  expect(reported.getAllByText(/^No connection from .* 2 minutes$/)).toHaveLength(3);
  expect(reported.getByText("And 1 earlier time")).toBeVisible();
  expect(reported.getByText(/It gives no time by itself/)).toBeVisible();
  await expectAccessible();
});
