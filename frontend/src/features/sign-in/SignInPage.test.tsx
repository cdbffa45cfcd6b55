import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it, vi } from "vitest";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { server } from "@/shared/test/server";
import { SignInPage } from "./SignInPage";

it("signs a person in with user name and password", async () => {
  const account = {
    id: "1",
    username: "li",
    display_name: "Li",
    roles: [],
    must_change_password: false,
  };
  server.use(
    http.post("*/api/v1/auth/login", async ({ request }) => {
      expect(await request.json()).toEqual({ username: "li", password: "correct horse" });
      return HttpResponse.json({ access_token: "t", expires_in_seconds: 600, account });
    }),
  );
  const onSignedIn = vi.fn();
  const { user } = render(<SignInPage onSignedIn={onSignedIn} onAdmitted={vi.fn()} />);
  await user.type(screen.getByLabelText("User name"), "li ");
  await user.type(screen.getByLabelText("Password"), "correct horse{Enter}");
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalled());
  await expectAccessible();
});

it("says in words that the password is wrong", async () => {
  server.use(
    http.post("*/api/v1/auth/login", () =>
      HttpResponse.json(
        { status: 401, code: "auth.wrong_credentials", detail: "no" },
        { status: 401, headers: { "Content-Type": "application/problem+json" } },
      ),
    ),
  );
  const { user } = render(<SignInPage onSignedIn={vi.fn()} onAdmitted={vi.fn()} />);
  await user.type(screen.getByLabelText("User name"), "li");
  await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The user name or the password is wrong.",
  );
});

it("asks for what is missing before it asks the server", async () => {
  const { user } = render(<SignInPage onSignedIn={vi.fn()} onAdmitted={vi.fn()} />);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(screen.getByLabelText("User name")).toHaveAccessibleDescription("Type your user name.");
});

it("lets a candidate in by admission code", async () => {
  const admission = {
    ticket: "x",
    attempt_id: "a",
    sitting_id: "s",
    candidate_name: "Li",
    expires_at: "",
  };
  server.use(http.post("*/api/v1/auth/check-in", () => HttpResponse.json(admission)));
  const onAdmitted = vi.fn();
  const { user } = render(<SignInPage onSignedIn={vi.fn()} onAdmitted={onAdmitted} />);
  await user.click(screen.getByRole("tab", { name: "Admission code" }));
  await user.type(screen.getByRole("textbox", { name: "Admission code" }), "ABCD-EFGH{Enter}");
  await vi.waitFor(() => expect(onAdmitted.mock.calls[0]?.[0]).toEqual(admission));
  await expectAccessible();
});
