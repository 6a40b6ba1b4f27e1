// Signing in and out, and what ends a session.
import { EMAILS, PASSWORD } from "../support/places.ts";
import { DESK, expect, PHONE, status, test } from "../support/journey.ts";
import { carry, live, signIn } from "../support/steps.ts";

test.describe("nobody is signed in", () => {
  test.use({ role: "nobody" });

  test("a wrong password is told, and the right one leads on to where one was going", async ({ page, server, look }) => {
    void server;
    await page.goto("/clients?light=red");
    await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
    await look(page, "form");
    await signIn(page, EMAILS.rep, "not this one");
    await expect(page.getByRole("alert")).toContainText("Email or password is not right");
    await expect(page.getByLabel("Email")).toHaveValue(EMAILS.rep);
    await look(page, "refused");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/clients\?light=red$/);
    await expect(page.getByRole("heading", { level: 1, name: "Clients" })).toBeVisible();
  });

  test("a one-time link sets a password once", async ({ page, server, look, watch }) => {
    const link = server.command(["user", "reset-link", EMAILS.viewer]).match(/\/set-password\/\S+/)?.[0];
    expect(link, "the command prints a link").toBeTruthy();
    await page.goto(link!);
    await page.getByLabel("New password").fill("a few easy words");
    await page.getByLabel("The same again").fill("a few other words");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("alert")).toContainText("The two passwords differ");
    await look(page, "set-password");
    await page.getByLabel("New password").fill("a few easy words");
    await page.getByLabel("The same again").fill("a few easy words");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Your password is set")).toBeVisible();
    await signIn(page, EMAILS.viewer, "a few easy words");
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    // the page that is still open may ask once more, as nobody
    watch.expect(status(401));
    await page.context().clearCookies();
    await page.goto(link!);
    await page.getByLabel("New password").fill("a third password");
    await page.getByLabel("The same again").fill("a third password");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
  });
});

test("signing out ends the session, and nothing of the work is left on the screen", PHONE, async ({ page, server }) => {
  void server;
  await carry(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
  for (const path of ["/", "/clients", "/more"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
  }
});

test.describe("at the office", () => {
  test.use({ role: "manager" });

  test("a session that ended on the server asks for a sign-in and goes on from there", DESK, async ({ page, office, server }) => {
    void server;
    await page.goto("/prospects");
    await live(page);
    await office.endSession();
    await page.goto("/prospects?sort=name");
    await expect(page.getByRole("heading", { name: "Sign in to Fieldlight" })).toBeVisible();
    await signIn(page, EMAILS.manager, PASSWORD);
    await expect(page).toHaveURL(/\/prospects\?sort=name$/);
    await expect(page.getByRole("heading", { level: 1, name: "Prospects" })).toBeVisible();
  });
});
